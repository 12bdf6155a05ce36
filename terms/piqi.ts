import { hdqtOf } from './hdqt.ts';
import { piqiSams } from './piqi-sams.ts';
import type { Policy } from './policy.ts';
import type { RuleFacts } from './rule.ts';
import { conformance, readsType, rubric, type Tally } from './score.ts';

/**
 * HL7 PIQI Edition 1 (HL7/piqi 1.0.0, commit 80baf434): a rubric and its modules by the fields of evaluation.md and sams.md, results by those of
 * piqi_framework.md, "PIQI Scoring in a Nutshell". Edition 1 prints JSON for the rubric only; the other keys are its names in the same way of writing.
 */
type Rule = Pick<RuleFacts, 'id' | 'version' | 'title' | 'why' | 'category' | 'scope' | 'reads'>;
type Parameter = { readonly parameterName: string; readonly parameterValue: string };
/** The policy whose actions and priorities make weights and criticality: its row. */
export type InForce = { readonly id: number; readonly body: Policy; readonly at: Date };
/** What was assessed: a run of a source, or one patient's or resource's records. */
export type Assessed = { readonly messageID: string; readonly source: string; readonly tally: Tally };

export type PiqiCriterion = {
  readonly sequence: number; readonly description: string; readonly dataClass: string; readonly entity: string;
  readonly SAMMnemonic: string; readonly SAMShortName: string; readonly successNameOverride: string; readonly failureNameOverride: string; readonly SAMParameters: readonly Parameter[];
  readonly conditionalSAM: string; readonly conditionalSAMParameters: readonly Parameter[];
} & ({ readonly scoringEffect: 'scoring'; readonly scoringWeight: number; readonly criticalityIndicator: boolean }
  | { readonly scoringEffect: 'informational'; readonly scoringWeight: 0; readonly criticalityIndicator: false });

type Counts = {
  readonly potentialItemScore: number; readonly totalItemScore: number; readonly piqiIndex: number | null; readonly criticalFailureCount: number;
  readonly potentialWeightedItemScore: number; readonly totalWeightedItemScore: number; readonly piqiWeightedIndex: number | null;
};
export type PiqiResult = Counts & {
  readonly messageID: string; readonly dataProviderID: string; readonly dataSourceID: string;
  readonly dataClassFrequency: readonly { readonly dataClass: string; readonly count: number }[];
  /** Beyond what Edition 1 asks for: the same by data class, and each criterion's counts. */
  readonly details: {
    readonly dataClasses: readonly (Counts & { readonly dataClass: string })[];
    readonly criteria: readonly { readonly sequence: number; readonly passed: number; readonly failed: number; readonly skipped: number }[];
  };
};

/** PIQI keeps the name Patient for a whole record; a record of the type Patient is its Demographics. */
const dataClassOf = (type: string): string => (type === 'Patient' ? 'Demographics' : type);
const typeOf = (dataClass: string): string => (dataClass === 'Demographics' ? 'Patient' : dataClass);

/** Where PIQI has a module with the rule's question for the type, that one's; else the rule's own: value-delta is Assay_ValueDelta. */
const mnemonicOf = (rule: string, type: string): string => piqiSams.find((row) => row.how === 'asked' && row.type === type && row.rules.includes(rule))?.sam
  ?? `Assay_${rule.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}`;

/** The one element of the type that the rule reads, or the record as a whole: PIQI's attribute or element. */
function entityOf({ reads }: Rule, type: string): string {
  const named = new Set((reads[type] ?? []).filter((name) => !name.startsWith('$')));
  const [only] = named;
  return named.size === 1 && only !== undefined && reads['*'] === undefined ? only : dataClassOf(type);
}

/** Rules over versions or populations see what no payload shows; they are told of and count in no score. */
const onlyTold = (rule: Rule): boolean => rule.scope === 'history' || rule.scope === 'population';

function criteriaOf(types: readonly string[], rules: readonly Rule[], policy: Policy): readonly (PiqiCriterion & { readonly rule: string })[] {
  const byId = new Map([...conformance, ...rules].map((rule) => [rule.id, rule]));
  const told = rules.filter(onlyTold).flatMap((rule) => types.filter((type) => readsType(rule, type)).map((type) => ({ rule: rule.id, type, weight: 0, critical: false })));
  // PIQI's sequence goes through one data class after the other.
  const place = new Map(types.map((type, at) => [type, at]));
  return [...rubric(types, rules, policy), ...told].sort((a, b) => (place.get(a.type) ?? 0) - (place.get(b.type) ?? 0)).flatMap(({ rule: id, type, weight, critical }, at) => {
    const rule = byId.get(id);
    return rule === undefined ? [] : [{
      rule: id, sequence: at + 1, description: rule.why, dataClass: dataClassOf(type), entity: entityOf(rule, type),
      SAMMnemonic: mnemonicOf(id, type), SAMShortName: id, successNameOverride: `Not found: ${rule.title}`, failureNameOverride: rule.title,
      SAMParameters: [{ parameterName: 'ruleVersion', parameterValue: String(rule.version) }], conditionalSAM: '', conditionalSAMParameters: [],
      ...(onlyTold(rule) ? { scoringEffect: 'informational', scoringWeight: 0, criticalityIndicator: false } as const
        : { scoringEffect: 'scoring', scoringWeight: weight, criticalityIndicator: critical } as const),
    }];
  });
}

const inputOf = { resource: 'Element', history: 'Element', patient: 'Patient', population: 'Data_Class' } as const;

/** The modules that the criteria name, each once. */
function modulesOf(criteria: readonly (PiqiCriterion & { readonly rule: string })[], rules: readonly Rule[]) {
  const byId = new Map([...conformance, ...rules].map((rule) => [rule.id, rule]));
  return [...Map.groupBy(criteria, ({ SAMMnemonic }) => SAMMnemonic)].flatMap(([mnemonic, [first]]) => {
    const rule = byId.get(first?.rule ?? '');
    const shared = piqiSams.find((row) => row.how === 'asked' && row.sam === mnemonic);
    return first === undefined || rule === undefined ? [] : [{
      mnemonic, name: first.successNameOverride, successAlias: first.successNameOverride, failureAlias: first.failureNameOverride,
      description: shared?.says ?? rule.why, inputType: inputOf[rule.scope],
      parameters: ['ruleVersion'], prerequisiteSAM: '', hdqtDimension: hdqtOf(rule.id, rule.category), executionType: 'Primitive_Logic' as const, executionReference: '',
      source: shared === undefined ? 'fhir-assay' : 'PIQI Alliance',
    }];
  });
}

/** In percent to two decimals, cut and not rounded: only what has no failure is 100. Null where nothing could be assessed. */
const index = (part: number, whole: number): number | null => (whole === 0 ? null : Math.floor((10_000 * part) / whole) / 100);

function resultOf({ messageID, source, tally }: Assessed, criteria: readonly (PiqiCriterion & { readonly rule: string })[]): PiqiResult {
  const resources = new Map(tally.types.map((one) => [one.type, one.resources]));
  const found = new Map(tally.rules.map((one) => [`${one.type} ${one.rule}`, one]));
  const counted = criteria.map((criterion) => {
    const type = typeOf(criterion.dataClass);
    const { failed = 0, unevaluated: skipped = 0 } = found.get(`${type} ${criterion.rule}`) ?? {};
    return { criterion, failed, skipped, passed: (resources.get(type) ?? 0) - failed - skipped };
  });
  const counts = (some: typeof counted): Counts => {
    let [total, potential, totalWeighted, potentialWeighted, critical] = [0, 0, 0, 0, 0];
    for (const { criterion, passed, failed } of some) {
      if (criterion.scoringEffect === 'informational') continue;
      total += passed;
      potential += passed + failed;
      totalWeighted += criterion.scoringWeight * passed;
      potentialWeighted += criterion.scoringWeight * (passed + failed);
      if (criterion.criticalityIndicator) critical += failed;
    }
    return { potentialItemScore: potential, totalItemScore: total, piqiIndex: index(total, potential), criticalFailureCount: critical,
      potentialWeightedItemScore: potentialWeighted, totalWeightedItemScore: totalWeighted, piqiWeightedIndex: index(totalWeighted, potentialWeighted) };
  };
  return {
    messageID, dataProviderID: source, dataSourceID: source, ...counts(counted),
    dataClassFrequency: tally.types.map(({ type, resources: count }) => ({ dataClass: dataClassOf(type), count })),
    details: {
      dataClasses: [...Map.groupBy(counted, ({ criterion }) => criterion.dataClass)].map(([dataClass, some]) => ({ dataClass, ...counts(some) })),
      criteria: counted.map(({ criterion: { sequence }, passed, failed, skipped }) => ({ sequence, passed, failed, skipped })),
    },
  };
}

/** The rubric over the types that were met, its modules, and a result for each of what was assessed. */
export function piqi(assessed: readonly Assessed[], rules: readonly Rule[], { id, body, at }: InForce) {
  const types = [...new Set(assessed.flatMap(({ tally }) => tally.types.map(({ type }) => type)))].sort();
  const criteria = criteriaOf(types, rules, body);
  return {
    evaluationRubric: [{
      mnemonic: 'FHIR_ASSAY', name: 'fhir-assay: rules and policy', description: 'Each rule on each type that it reads. A weight is 6 less the rule’s priority in the policy; critical is what the policy holds or keeps out for care.',
      version: String(id), authority: `The policy “${body.name}”, row ${id}. No organisation has endorsed this rubric.`, source: 'fhir-assay',
      model: 'FHIR', modelVersion: '4.0.1', creationDateTime: at.toISOString(), modifiedDateTime: at.toISOString(),
      criteria: criteria.map(({ rule: _, ...criterion }) => criterion),
    }],
    simpleAssessmentModules: modulesOf(criteria, rules),
    results: assessed.map((one) => resultOf(one, criteria)),
  };
}
export type PiqiDocument = ReturnType<typeof piqi>;
