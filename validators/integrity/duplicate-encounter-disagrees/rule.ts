import type { Encounter } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { moment } from '../reading/moments.ts';
import { wrong } from '../say.ts';
import { visitNumbers } from '../templates/encounter-join.ts';

type Seen = { readonly version: string; readonly actClass: string; readonly from: number; readonly to: number; readonly diagnoses: string };
type State = { readonly seen: Map<string, Seen>; readonly said: Said[] };

/** What makes two records one encounter: a visit number of the same system, or the same second of the same kind of visit. */
function sameness(encounter: Partial<Encounter>): readonly string[] {
  const numbers = visitNumbers(encounter), start = moment(encounter.period?.start), kind = encounter.type?.[0]?.coding?.[0]?.code;
  return start === undefined || !start.hasTime || !start.hasZone || kind === undefined ? numbers : [...numbers, `${start.from} ${kind}`];
}

export const duplicateEncounterDisagrees = patientRule<State>({
  id: 'duplicate-encounter-disagrees', version: 2, category: 'uniqueness plausibility', owner: 'mapping',
  title: 'One encounter in two versions of the truth', why: 'Two systems send the same visit with different periods, classes or diagnoses, and one of them is wrong.',
  sources: ['HL7 PIQI Edition 1 (uniqueness)', 'http://hl7.org/fhir/R4/encounter-definitions.html#Encounter.identifier'],
  reads: { Encounter: ['identifier', 'class', 'period', 'diagnosis', 'partOf', 'type'] },
  start: () => ({ seen: new Map(), said: [] }),
  step(state, entry) {
    const encounter = entry.fields as Partial<Encounter>;
    if (entry.place !== 'compartment' || encounter.partOf !== undefined) return;
    const own: Seen = { version: entry.version, actClass: encounter.class?.code ?? '',
      from: moment(encounter.period?.start)?.from ?? NaN, to: moment(encounter.period?.end)?.to ?? NaN,
      diagnoses: (encounter.diagnosis ?? []).map((line) => `${line.rank ?? ''} ${line.condition?.reference ?? ''}`).sort().join() };
    for (const number of sameness(encounter)) {
      const other = state.seen.get(number);
      if (other === undefined) {
        state.seen.set(number, own);
        continue;
      }
      const path = differing(own, other);
      if (path === undefined) continue;
      state.said.push(wrong(`Encounter.${path}`, 'Another record of the same encounter says something else here; find out which is right.',
        { version: entry.version, code: 'conflict', evidence: [{ version: other.version, expression: `Encounter.${path}`, role: 'against' }] }));
      return;
    }
  },
  end: (state) => state.said,
});

function differing(one: Seen, other: Seen): string | undefined {
  const minute = 60_000;
  if (Math.abs(one.from - other.from) > minute || Math.abs(one.to - other.to) > minute) return 'period';
  if (one.actClass !== other.actClass) return 'class';
  return one.diagnoses !== '' && other.diagnoses !== '' && one.diagnoses !== other.diagnoses ? 'diagnosis' : undefined;
}
