import type { CodeableConcept, Condition, DiagnosticReport, Procedure, Reference } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { keyOf } from '../reading/references.ts';
import { opposed, sideOf, type Side } from '../reading/sides.ts';
import { wrong } from '../say.ts';
import type { Either } from '../reading/either.ts';

type Stated = { readonly side: Side; readonly path: string };
type Sided = { readonly version: string; readonly key: string; readonly stated: readonly Stated[]; readonly linked: readonly string[] };
type State = Map<string, Sided>;

/** The places of a resource that state a side. */
function statedIn(entry: ViewEntry): readonly Stated[] {
  const fields = entry.fields as Either<Procedure, Condition, DiagnosticReport>;
  const found: Stated[] = [];
  const add = (concept: CodeableConcept | undefined, path: string): void => {
    const side = sideOf(concept);
    if (side !== undefined) found.push({ side, path: `${entry.type}.${path}` });
  };
  add(fields.code, 'code');
  (Array.isArray(fields.bodySite) ? fields.bodySite : []).forEach((site, index) => { add(site, `bodySite[${index}]`); });
  if (entry.type === 'DiagnosticReport' && fields.conclusion !== undefined) add({ text: fields.conclusion }, 'conclusion');
  return found;
}

function linksOf(entry: ViewEntry): readonly string[] {
  const fields = entry.fields as Readonly<Record<string, readonly Reference[] | undefined>>;
  return ['basedOn', 'reasonReference', 'report'].flatMap((element) => (fields[element] ?? []).flatMap((reference) => keyOf(reference) ?? []));
}

export const lateralityConflict = patientRule<State>({
  id: 'laterality-conflict', version: 1, category: 'relational conformance', owner: 'documentation', kind: 'judge',
  title: 'Left here, right there', why: 'Somebody may be operated on the wrong side.',
  sources: ['Joint Commission Universal Protocol UP.01.01.01', 'ICD-10-CM Official Guidelines I.B.13 (laterality)'],
  reads: { ServiceRequest: ['code', 'bodySite', 'reasonReference'], Procedure: ['code', 'bodySite', 'basedOn', 'reasonReference', 'report', 'status'],
    DiagnosticReport: ['code', 'conclusion', 'basedOn'], Condition: ['code', 'bodySite'] },
  start: () => new Map(),
  step(state, entry) {
    if (entry.place !== 'compartment' || entry.fields['status'] === 'not-done') return;
    const stated = statedIn(entry);
    const key = `${entry.type}/${entry.id}`;
    const linked = linksOf(entry);
    if (stated.length > 0) state.set(key, { version: entry.version, key, stated, linked });
  },
  end: (state) => [...state.values()].flatMap((sided): Said[] => {
    const says = 'Two records of the same matter, or two places of one, name opposite sides; find out which is right before anybody acts on it.';
    for (const one of sided.stated) {
      const own = sided.stated.find((other) => opposed(one.side, other.side));
      if (own !== undefined) return [wrong(own.path, says, { version: sided.version, code: 'conflict', evidence: [{ expression: one.path, role: 'against' }] })];
      for (const link of sided.linked) {
        const other = state.get(link);
        const against = other?.stated.find((place) => opposed(one.side, place.side));
        if (other !== undefined && against !== undefined) {
          return [wrong(one.path, says, { version: sided.version, code: 'conflict', evidence: [{ version: other.version, expression: against.path, role: 'against' }] })];
        }
      }
    }
    return [];
  }),
});
