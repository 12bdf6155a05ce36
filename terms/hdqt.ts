import type { Category } from './rule.ts';

/** Category and dimension of PIQI's Healthcare Data Quality Taxonomy (HL7/piqi 1.0.0, input/pagecontent/piqi_framework.md). */
export type Hdqt = 'Availability.Missing' | 'Availability.Unpopulated' | 'Availability.Incomplete'
  | 'Accuracy.InvalidFormat' | 'Accuracy.InvalidValue' | 'Accuracy.InvalidGrouping'
  | 'Conformity.InvalidMember' | 'Conformity.Incompatible' | 'Conformity.Obsolete'
  | 'Plausibility.ClinicallyImplausible' | 'Plausibility.TemporallyImplausible' | 'Plausibility.SituationallyImplausible';

/** What the rules of a category of Kahn's mostly find. */
const usual: Readonly<Record<Category, Hdqt>> = {
  completeness: 'Availability.Unpopulated', 'value conformance': 'Conformity.InvalidMember', 'computational conformance': 'Accuracy.InvalidGrouping',
  'relational conformance': 'Plausibility.SituationallyImplausible', 'uniqueness plausibility': 'Plausibility.SituationallyImplausible',
  'atemporal plausibility': 'Plausibility.ClinicallyImplausible', 'temporal plausibility': 'Plausibility.TemporallyImplausible',
};

/** Rules that find something else. */
const own: Readonly<Record<string, Hdqt>> = {
  profile: 'Accuracy.InvalidFormat', 'time-zone-absent': 'Accuracy.InvalidFormat',
  'code-npi-check-digit': 'Accuracy.InvalidValue', 'code-display': 'Accuracy.InvalidValue', 'value-type-fits': 'Accuracy.InvalidValue', 'value-reference-range': 'Accuracy.InvalidValue',
  'identity-placeholder': 'Accuracy.InvalidValue', 'reference-target-type': 'Accuracy.InvalidValue', 'ai-model-not-approved': 'Accuracy.InvalidValue', 'status-withdrawn': 'Accuracy.InvalidValue',
  'claim-principal-manifestation': 'Accuracy.InvalidGrouping', 'claim-poa': 'Accuracy.InvalidGrouping',
  'completeness-must-support': 'Availability.Incomplete', 'claim-unspecified': 'Availability.Incomplete',
  'documented-not-coded': 'Availability.Missing', 'ai-no-provenance': 'Availability.Missing', 'ai-no-human-verifier': 'Availability.Missing', 'ai-unverified': 'Availability.Missing',
  'reference-dangling': 'Availability.Missing', 'reference-orphan-provider': 'Availability.Missing', 'identity-link-unresolved': 'Availability.Missing', 'privacy-unlabelled': 'Availability.Unpopulated',
  'completeness-expected-system': 'Conformity.Incompatible', 'code-active-on-date': 'Conformity.Obsolete', 'value-unit-fits': 'Plausibility.ClinicallyImplausible',
};

/** PIQI binds a module to the dimension that fits best; so do we a rule. */
export const hdqtOf = (rule: string, category: Category): Hdqt => own[rule] ?? usual[category];

/** Rules with a row of their own, for a test that each is there. */
export const placedRules: readonly string[] = Object.keys(own);
