import type { Encounter, Observation, Patient } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { hasCode } from '../reading/coded.ts';
import { day, isBefore } from '../reading/moments.ts';
import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import { wrong } from '../say.ts';

type State = { readonly patient: string; died: string | undefined; version: string; readonly said: Said[] };

// What is written about the dead, billed for them or found in what is left of them.
const goesOn = new Set(['Claim', 'ExplanationOfBenefit', 'DiagnosticReport', 'DocumentReference', 'Composition', 'Provenance', 'Specimen', 'Media',
  'Patient', 'Consent', 'Communication', 'QuestionnaireResponse', 'FamilyMemberHistory']);
// v3-ActCode classes of visits that the patient attends.
const inPerson = new Set(['AMB', 'IMP', 'ACUTE', 'NONAC', 'EMER', 'OBSENC', 'PRENC', 'SS', 'HH', 'FLD']);

function needsTheLiving(entry: ViewEntry): boolean {
  if (entry.type === 'MedicationAdministration' || entry.type === 'Immunization') return entry.fields['status'] !== 'not-done';
  if (entry.type === 'Observation') {
    const { category, code } = entry.fields as Partial<Observation>;
    return category?.some((one) => hasCode(one, 'vital-signs')) === true || hasCode(code, ...vitalSigns);
  }
  const visit = entry.fields as Partial<Encounter>;
  return entry.type === 'Encounter' && inPerson.has(visit.class?.code ?? '') && visit.status !== 'planned' && visit.status !== 'cancelled'
    && visit.type?.some((type) => hasCode(type, deathCertification)) !== true;
}
// http://hl7.org/fhir/R4/observation-vitalsigns.html: the panel, respiratory and heart rate, oxygen saturation, temperature, blood pressure; what is taken of the living only.
const vitalSigns = ['85353-1', '9279-1', '8867-4', '2708-6', '59408-5', '8310-5', '85354-9', '8480-6', '8462-4'];
// SNOMED CT 308646001, Death certification (procedure).
const deathCertification = '308646001';

export const timeAfterDeath = patientRule<State>({
  id: 'time-after-death', version: 2, category: 'temporal plausibility', owner: 'registration',
  title: 'After death', why: 'The death is not true, or the record belongs to somebody else.',
  variants: { late: 'An event that needs no living patient, more than 60 days after death' },
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleBeforeDeath: 60 days)'],
  reads: { ...timeReads, Patient: ['deceasedDateTime'], Encounter: ['period', 'class', 'status', 'type'],
    Observation: [...(timeReads['Observation'] ?? []), 'category', 'code'], Immunization: [...(timeReads['Immunization'] ?? []), 'status'],
    MedicationAdministration: [...(timeReads['MedicationAdministration'] ?? []), 'status'] },
  start: (view) => ({ patient: view.patient, died: undefined, version: '', said: [] }),
  step(state, entry) {
    if (entry.type === 'Patient' && entry.id === state.patient) {
      state.died = (entry.fields as Partial<Patient>).deceasedDateTime;
      state.version = entry.version;
    }
    if (state.died === undefined || entry.place !== 'compartment' || goesOn.has(entry.type)) return;
    for (const row of timesOf(entry.type)) {
      const time = timeAt(entry.fields, row);
      if (time === undefined || time.slice(0, 4) < state.died.slice(0, 4) || !isBefore(state.died, time, day)) continue;
      // What somebody wrote down afterwards needed nobody alive; nor does the discharge of a visit that began before.
      const living = row.states === 'happened' && !row.end && needsTheLiving(entry);
      if (!living && !isBefore(state.died, time, 60 * day)) continue;
      state.said.push(wrong(`${entry.type}.${row.element}`, 'This happened after the patient’s recorded death; find out which of the two is true, and of whom.',
        { version: entry.version, evidence: [{ version: state.version, expression: 'Patient.deceasedDateTime', role: 'against' }], ...(living ? {} : { variant: 'late' }) }));
      return;
    }
  },
  end: (state) => state.said,
});
