import type { Patient } from '@medplum/fhirtypes';
import { day, moment } from '../reading/moments.ts';
import { isPlaceholderBirthDate, isPlaceholderSsn, nameInUse, nameKind } from '../reading/placeholders.ts';
import { resourceRule } from '../resource-rule.ts';
import { unevaluated, wrong } from '../say.ts';
import type { Said } from '../../../terms/rule.ts';

// v3-ActReason HTEST and the tags that sandboxes use for records that are no persons.
const testLabels = new Set(['HTEST', 'test-data', 'TESTDATA']);

function nameSaid(patient: Patient, asOf: string): readonly Said[] {
  const name = nameInUse(patient);
  if (name === undefined) return [];
  const index = patient.name?.indexOf(name) ?? 0;
  const kind = nameKind(name);
  const place = `Patient.name[${index}]`;
  if (kind === 'test') return [wrong(place, 'This name is a test patient’s; records of tests are kept out.', { variant: 'test-patient', cause: 'test name' })];
  if (kind === 'placeholder') return [wrong(place, 'This name stands for an unknown person; registration must find out who it is.', { cause: 'placeholder name' })];
  if (kind !== 'newborn') return [];
  const [born, now] = [moment(patient.birthDate), moment(asOf)];
  if (born === undefined || now === undefined) return [unevaluated(place, 'Without a birth date nobody can tell whether a newborn’s temporary name is still in time.', { cause: 'newborn’s name' })];
  return now.to - born.from <= 31 * day ? []
    : [wrong(place, 'This is still a newborn’s temporary name, more than 30 days after birth.', { cause: 'newborn’s name' })];
}

export const identityPlaceholder = resourceRule<Patient>({
  id: 'identity-placeholder', version: 3, category: 'atemporal plausibility', owner: 'registration', kind: 'judge',
  title: 'A placeholder for a person', why: 'Records of different people meet under such names, dates and numbers, and matching on them joins strangers.',
  variants: { 'test-patient': 'A test patient, who is nobody' },
  sources: ['Joint Commission NPSG.01.01.01', 'https://www.ssa.gov/employer/randomization.html'],
  reads: { Patient: ['name', 'birthDate', 'identifier', 'meta'] },
  check(patient, { asOf }) {
    const labelled = [...(patient.meta?.security ?? []), ...(patient.meta?.tag ?? [])].some((label) => testLabels.has(label.code ?? ''));
    return [
      ...(labelled ? [wrong('Patient.meta', 'The source marks this as a test patient; records of tests are kept out.', { variant: 'test-patient', cause: 'test label' })] : nameSaid(patient, asOf)),
      ...(isPlaceholderBirthDate(patient.birthDate) ? [wrong('Patient.birthDate', 'This birth date is a default that a screen filled in; registration must ask for the true one.')] : []),
      ...(patient.identifier ?? []).flatMap((identifier, index) => (isPlaceholderSsn(identifier)
        ? [wrong(`Patient.identifier[${index}].value`, 'This Social Security number was never issued to anybody; it is left out of matching.')] : [])),
    ];
  },
});
