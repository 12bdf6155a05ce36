import { expect, test } from 'vitest';
import type { PatientView } from '../../terms/patient-view.ts';
import { checkPatient, rulesReading } from './check-patient.ts';

const view = (failed: readonly string[]): PatientView => ({
  patient: 'p', asOf: '2026-01-01T00:00:00Z', reference: () => 'landed', failedTypes: new Set(failed),
  entries: [{ version: '1', type: 'Patient', id: 'p', time: '', fields: { birthDate: '1980-01-01' }, place: 'compartment' }],
});
const blind = (failed: readonly string[]): string[] =>
  (checkPatient(view(failed)).get('1') ?? []).filter((finding) => finding.cause === 'type not extracted').map((finding) => finding.rule).sort();

test('rules that read a type which failed are unevaluated, the others are not', () => {
  expect(blind([])).toEqual([]);
  expect(blind(['Immunization'])).toEqual(rulesReading.all().filter((rule) => rule.reads['Immunization'] !== undefined).map((rule) => rule.id).sort());
});

test('when it is not known which type failed, every rule is unevaluated', () => {
  expect(blind(['*'])).toEqual(rulesReading.all().map((rule) => rule.id).sort());
});
