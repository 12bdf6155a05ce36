import type { PatientView } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { eachReference, referencesOf } from '../reading/reference-elements.ts';
import { targetOf } from '../reading/references.ts';
import { wrong } from '../say.ts';

type State = { readonly view: Omit<PatientView, 'entries'>; readonly said: Said[] };

// Who did it, wrote it or ordered it, by type.
const reads = {
  Observation: ['performer'], DiagnosticReport: ['performer', 'resultsInterpreter'], Procedure: ['performer', 'recorder', 'asserter'], Condition: ['recorder', 'asserter'],
  MedicationRequest: ['requester', 'performer', 'recorder'], MedicationAdministration: ['performer'], MedicationDispense: ['performer'], Immunization: ['performer'],
  DocumentReference: ['author', 'authenticator', 'custodian'], Composition: ['author', 'attester', 'custodian'], Encounter: ['participant', 'serviceProvider'], AllergyIntolerance: ['recorder', 'asserter'],
  ServiceRequest: ['requester', 'performer'], Claim: ['provider', 'careTeam', 'enterer'], ExplanationOfBenefit: ['provider', 'careTeam', 'enterer'], CarePlan: ['author'], CareTeam: ['participant', 'managingOrganization'], ImagingStudy: ['interpreter', 'referrer'], Patient: ['generalPractitioner', 'managingOrganization'],
  Provenance: ['agent'], Goal: ['expressedBy'], MedicationStatement: ['informationSource'], Consent: ['performer'], QuestionnaireResponse: ['author'], ClinicalImpression: ['assessor'], Specimen: ['collection'],
  Media: ['operator'], RiskAssessment: ['performer'], Flag: ['author'], Communication: ['sender'],
};
// Elements of other rules ride along in a view: only those that name a provider count.
const providing = referencesOf(reads);
const providers = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Device', 'CareTeam', 'RelatedPerson']);

export const referenceOrphanProvider = patientRule<State>({
  id: 'reference-orphan-provider', version: 3, category: 'relational conformance', owner: 'mapping',
  title: 'A provider who is nobody', why: 'Nobody can be asked about the record, and care cannot be attributed.',
  sources: ['PCORnet Data Quality Checks (orphan PROVIDERID)'],
  reads,
  start: (view) => ({ view, said: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    eachReference(entry.type, entry.fields, (reference, { name }, path) => {
      // As nearly every reference is: it need not be taken apart.
      if (state.view.reference(reference.reference) === 'landed') return;
      const target = targetOf(reference.reference);
      if (target.kind !== 'relative' || !providers.has(target.type) || state.view.reference(target.key) !== 'absent-at-source') return;
      state.said.push(wrong(path(), 'The provider that this names neither landed nor exists at the source.', { version: entry.version, cause: name }));
    }, providing);
  },
  end: (state) => state.said,
});
