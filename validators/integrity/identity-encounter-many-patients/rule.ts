import { populationRule } from '../population-rule.ts';
import { day, moment } from '../reading/moments.ts';
import { wrong } from '../say.ts';

type User = { readonly version: string; readonly type: string; readonly patient: string; readonly expression: string; readonly time: string };
/** One encounter and the resources that name it, of two patients or more. `links`: patients joined by Patient.link or RelatedPerson, as `a b`. */
export type EncounterCandidate = { readonly encounter: { readonly version: string; readonly patient: string | undefined }; readonly users: readonly User[];
  readonly links: readonly string[]; readonly birthDates: Readonly<Record<string, string>> };

export const identityEncounterManyPatients = populationRule<EncounterCandidate>({
  id: 'identity-encounter-many-patients', version: 1, category: 'relational conformance', owner: 'identity', kind: 'judge',
  title: 'One encounter, two patients', why: 'Somebody documented in the wrong chart, or two charts were mixed.',
  sources: ['ECRI, Patient Identification Errors', 'AHIMA, Managing the Integrity of Patient Identity'],
  reads: { Encounter: ['subject'] },
  judge({ encounter, users, links, birthDates }) {
    // Whose it is: the encounter says, or most of what names it.
    const counts = Map.groupBy(users, (user) => user.patient);
    const owner = encounter.patient ?? [...counts].sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? '';
    const joined = (patient: string, time: string): boolean => links.includes(`${owner} ${patient}`) || links.includes(`${patient} ${owner}`)
      || [owner, patient].some((one) => { const [born, at] = [moment(birthDates[one]), moment(time)]; return born !== undefined && at !== undefined && at.from >= born.from - day && at.from <= born.to + 30 * day; });
    return users.filter((user) => user.patient !== owner && !joined(user.patient, user.time)).map((user) => wrong(user.expression,
      'This names an encounter that is another patient’s; find out in whose chart it belongs.', { version: user.version, code: 'conflict', cause: 'encounter of two patients',
        evidence: [{ version: encounter.version, expression: 'Encounter.subject', role: 'against' }] }));
  },
});
