import type { HumanName, Patient } from '@medplum/fhirtypes';
import { historyRule } from '../history-rule.ts';
import { jaroWinkler } from '../reading/jaro-winkler.ts';
import { isPlaceholderBirthDate, isPlaceholderSsn, nameInUse, nameKind, plainName } from '../reading/placeholders.ts';
import { wrong } from '../say.ts';

// At least this alike, a name was respelt, not replaced.
const respelt = 0.92;

const differs = (before: string | undefined, after: string | undefined): boolean => {
  const [one, other] = [plainName(before ?? ''), plainName(after ?? '')];
  return one !== '' && other !== '' && one !== other && !one.startsWith(`${other} `) && !other.startsWith(`${one} `) && jaroWinkler(one, other) < respelt;
};

/** Two digits swapped, one wrong, or day and month exchanged is a typing error; another day of birth is another person. */
const bornElsewhen = (before: string | undefined, after: string | undefined): boolean => {
  if (before === undefined || after === undefined || before === after || before.startsWith(after) || after.startsWith(before)) return false;
  let apart = 0;
  for (let at = 0; at < before.length; at++) if (before[at] !== after[at]) apart++;
  const swapped = apart === 2 && [...before].sort().join() === [...after].sort().join();
  const dayForMonth = `${before.slice(0, 4)}-${before.slice(8)}-${before.slice(5, 7)}` === after;
  return apart > 1 && !swapped && !dayForMonth;
};

/** A name that is only written out: its first word and its last. */
function partsOf(name: HumanName | undefined): HumanName | undefined {
  const words = name?.family === undefined && name?.given === undefined ? (name?.text ?? '').trim().split(/\s+/) : [];
  const [given, family] = [words[0], words.at(-1)];
  return words.length < 2 || given === undefined || family === undefined ? name : { ...name, given: [given], family };
}

/** Given and family name only changed places. */
const exchanged = (was: HumanName | undefined, is: HumanName | undefined): boolean =>
  plainName(was?.given?.[0] ?? '') === plainName(is?.family ?? '') && plainName(was?.family ?? '') === plainName(is?.given?.[0] ?? '');

const identifiers = (patient: Patient): string[] =>
  (patient.identifier ?? []).filter((one) => !isPlaceholderSsn(one)).map((one) => `${one.system ?? ''}|${one.value ?? ''}`).sort();
const address = (patient: Patient): string => plainName(`${patient.address?.[0]?.line?.[0] ?? ''} ${patient.address?.[0]?.city ?? ''}`);

export const identityOverlay = historyRule<Patient>({
  id: 'identity-overlay', version: 3, category: 'uniqueness plausibility', owner: 'identity', kind: 'judge',
  title: 'One person’s record overwritten with another’s', why: 'From now on two people’s charts are one: whoever reads it may treat the wrong patient.',
  variants: { 'name-change': 'Given and family name change, identifiers and address stay: probably a change of name' },
  sources: ['AHIMA, Managing the Integrity of Patient Identity (overlays)', 'https://www.ecri.org/patient-identification'],
  reads: { Patient: ['name', 'birthDate', 'gender', 'identifier', 'address'] },
  check(before, after, { beforeVersion }) {
    const [was, is] = [partsOf(nameInUse(before)), partsOf(nameInUse(after))];
    // From a placeholder to a real name is how registration works, from a test to anything how testing does.
    if (nameKind(was) !== 'real' || isPlaceholderBirthDate(before.birthDate)) return [];
    const renamed = !exchanged(was, is);
    const changed = [
      renamed && differs(was?.given?.[0], is?.given?.[0]) ? 'name.given' : '',
      renamed && differs(was?.family, is?.family) ? 'name.family' : '',
      bornElsewhen(before.birthDate, after.birthDate) ? 'birthDate' : '',
      ['male female', 'female male'].includes(`${before.gender} ${after.gender}`) ? 'gender' : '',
    ].filter((element) => element !== '');
    if (changed.length < 2) return [];
    const kept = identifiers(before).join() === identifiers(after).join() && address(before) === address(after);
    const nameOnly = changed.every((element) => element.startsWith('name')) && kept;
    return [wrong('Patient', 'One update changed two or more of given name, family name, birth date and sex; check whether another person’s data were written over this record.', {
      code: 'conflict', cause: 'overlay', ...(nameOnly ? { variant: 'name-change' } : {}),
      evidence: changed.flatMap((element) => [{ expression: `Patient.${element}` }, { version: beforeVersion, expression: `Patient.${element}`, role: 'against' as const }]) })];
  },
});
