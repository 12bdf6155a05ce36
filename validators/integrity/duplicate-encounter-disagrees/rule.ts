import type { Condition, Encounter } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { moment } from '../reading/moments.ts';
import { idOf } from '../reading/references.ts';
import { wrong } from '../say.ts';
import { visitNumbers } from '../templates/encounter-join.ts';

type Seen = { readonly version: string; readonly numbers: readonly string[]; readonly actClass: string; readonly from: number; readonly to: number; readonly diagnoses: readonly { readonly rank: number | undefined; readonly condition: string }[] };
/** `codes`: by the id of a Condition, what it is coded as; two records of a visit may each have their own Conditions. */
type State = { readonly seen: Seen[]; readonly codes: Map<string, string> };

/** What makes two records one encounter: a visit number of the same system, or the same second of the same kind of visit. */
function sameness(encounter: Partial<Encounter>): readonly string[] {
  const numbers = visitNumbers(encounter), start = moment(encounter.period?.start), kind = encounter.type?.[0]?.coding?.[0]?.code;
  return start === undefined || !start.hasTime || !start.hasZone || kind === undefined ? numbers : [...numbers, `${start.from} ${kind}`];
}

export const duplicateEncounterDisagrees = patientRule<State>({
  id: 'duplicate-encounter-disagrees', version: 3, category: 'uniqueness plausibility', owner: 'mapping',
  title: 'One encounter in two versions of the truth', why: 'Two systems send the same visit with different periods, classes or diagnoses, and one of them is wrong.',
  sources: ['HL7 PIQI Edition 1 (uniqueness)', 'http://hl7.org/fhir/R4/encounter-definitions.html#Encounter.identifier'],
  reads: { Encounter: ['identifier', 'class', 'period', 'diagnosis', 'partOf', 'type'], Condition: ['code'] },
  start: () => ({ seen: [], codes: new Map() }),
  step(state, entry) {
    if (entry.type === 'Condition') {
      state.codes.set(entry.id, ((entry.fields as Partial<Condition>).code?.coding ?? []).map(({ system, code }) => `${system} ${code}`).sort().join());
      return;
    }
    const encounter = entry.fields as Partial<Encounter>;
    if (entry.place !== 'compartment' || encounter.partOf !== undefined) return;
    state.seen.push({ version: entry.version, numbers: sameness(encounter), actClass: encounter.class?.code ?? '',
      from: moment(encounter.period?.start)?.from ?? NaN, to: moment(encounter.period?.end)?.to ?? NaN,
      diagnoses: (encounter.diagnosis ?? []).map((line) => ({ rank: line.rank, condition: idOf(line.condition, 'Condition') ?? line.condition?.reference ?? '' })) });
  },
  end({ seen, codes }) {
    const first = new Map<string, Seen>();
    return seen.flatMap((own): Said[] => {
      const others = own.numbers.flatMap((number) => first.get(number) ?? []);
      for (const number of own.numbers) if (!first.has(number)) first.set(number, own);
      const other = others.find((one) => differing(own, one, codes) !== undefined);
      if (other === undefined) return [];
      const path = `Encounter.${differing(own, other, codes)}`;
      return [wrong(path, 'Another record of the same encounter says something else here; find out which is right.',
        { version: own.version, code: 'conflict', evidence: [{ version: other.version, expression: path, role: 'against' }] })];
    });
  },
});

const diagnosesOf = ({ diagnoses }: Seen, codes: ReadonlyMap<string, string>): string => diagnoses.map(({ rank, condition }) => `${rank ?? ''} ${codes.get(condition) || condition}`).sort().join();

function differing(one: Seen, other: Seen, codes: ReadonlyMap<string, string>): string | undefined {
  const minute = 60_000;
  if (Math.abs(one.from - other.from) > minute || Math.abs(one.to - other.to) > minute) return 'period';
  if (one.actClass !== other.actClass) return 'class';
  return one.diagnoses.length > 0 && other.diagnoses.length > 0 && diagnosesOf(one, codes) !== diagnosesOf(other, codes) ? 'diagnosis' : undefined;
}
