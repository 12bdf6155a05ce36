import type { Patient } from '@medplum/fhirtypes';
import { day, isBefore } from '../reading/moments.ts';
import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import fetal from '../../../fhir-profiles/knowledge/fetal-codes.json' with { type: 'json' };
import { patientRule } from '../patient-rule.ts';
import type { CodeableConcept } from '@medplum/fhirtypes';
import { hasCode } from '../reading/coded.ts';
import { unevaluated, wrong } from '../say.ts';
import type { Said } from '../../../terms/rule.ts';

type State = { readonly patient: string; born: string | undefined; version: string | undefined; readonly said: Said[] };

const fetalCodes = fetal.rows.map((row) => row.code);
// Bills and coverage run ahead of a birth; a newborn's own admission may start with the mother's.
const notTheirs = new Set(['Claim', 'ExplanationOfBenefit', 'Provenance', 'FamilyMemberHistory', 'Consent', 'Patient']);

export const timeBeforeBirth = patientRule<State>({
  id: 'time-before-birth', version: 2, category: 'temporal plausibility', owner: 'registration',
  title: 'Before birth', why: 'The birth date or the date of the event is wrong, or it happened to somebody else.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleAfterBirth)'],
  reads: { ...timeReads, Patient: ['birthDate', 'deceasedDateTime'], Observation: [...(timeReads['Observation'] ?? []), 'code'] },
  start: (view) => ({ patient: view.patient, born: undefined, version: undefined, said: [] }),
  step(state, entry) {
    if (entry.type === 'Patient' && entry.id === state.patient) {
      state.version = entry.version;
      state.born = (entry.fields as Partial<Patient>).birthDate;
      const { deceasedDateTime: died } = entry.fields as Partial<Patient>;
      if (state.born !== undefined && died !== undefined && isBefore(died, state.born)) {
        state.said.push(wrong('Patient.deceasedDateTime', 'This death lies before the birth; correct one of the two dates.', { version: entry.version, evidence: [{ expression: 'Patient.birthDate', role: 'against' }] }));
      }
      if (state.born === undefined) state.said.push(unevaluated('Patient.birthDate', 'Without a birth date nothing can be compared with it.', { version: entry.version }));
      return;
    }
    if (state.born === undefined || entry.place !== 'compartment' || notTheirs.has(entry.type)) return;
    for (const row of timesOf(entry.type)) {
      const time = timeAt(entry.fields, row);
      if (time === undefined || time.slice(0, 4) > state.born.slice(0, 4)) continue;
      if (!isBefore(time, state.born) || (entry.type === 'Encounter' && !isBefore(time, state.born, day))) continue;
      if (hasCode(entry.fields['code'] as CodeableConcept | undefined, ...fetalCodes)) continue;
      state.said.push(wrong(`${entry.type}.${row.element}`, 'This lies before the patient’s birth; correct one of the two dates, or move the record to whom it belongs.',
        { version: entry.version, evidence: [{ version: state.version ?? '', expression: 'Patient.birthDate', role: 'against' }] }));
      return;
    }
  },
  end: (state) => state.said,
});
