import type { CodeableConcept } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { conceptIn, conceptsNamed } from '../reading/concepts.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { noteOf } from '../reading/note-text.ts';
import { opposed, type Side } from '../reading/sides.ts';
import { wrong } from '../say.ts';

/** The sides on which a note or a record has a procedure or a disease, by the concept that both name. */
export type NotedSides = { readonly version: string; readonly path: string; readonly encounter: string; readonly sides: ReadonlyMap<string, ReadonlySet<Side>> };

/** What a note states was done or found, and on which side; undefined where it states no side. */
export function sidesNoted(entry: ViewEntry): NotedSides | undefined {
  const encounter = encounterOf(entry), sides = new Map<string, Set<Side>>();
  for (const { concept, status, side } of noteOf(entry)?.mentions ?? []) {
    if (concept.kind === 'drug' || status !== 'affirmed' || side === undefined) continue;
    sides.set(concept.id, (sides.get(concept.id) ?? new Set()).add(side as Side));
  }
  return encounter === undefined || sides.size === 0 ? undefined : { version: entry.version, encounter, sides, path: entry.type === 'Composition' ? 'Composition.section' : 'DocumentReference.content' };
}

/** The same of a Procedure or a Condition, by its code or the words for it. */
export function sidesDone(entry: ViewEntry, stated: readonly { readonly side: Side; readonly path: string }[]): NotedSides | undefined {
  const encounter = encounterOf(entry), [place] = stated, code = entry.fields['code'] as CodeableConcept | undefined;
  if ((entry.type !== 'Procedure' && entry.type !== 'Condition') || encounter === undefined || place === undefined) return undefined;
  const own = conceptIn(code), named = new Set([...(own === undefined ? [] : [own.id]), ...conceptsNamed(code)]);
  return { version: entry.version, encounter, path: place.path, sides: new Map([...named].map((id) => [id, new Set(stated.map(({ side }) => side))])) };
}

/** Notes that name the other side than every record of the same matter in the same encounter. */
export const notedOtherwise = (notes: readonly NotedSides[], done: readonly NotedSides[], says: string): readonly Said[] => notes.flatMap((note): readonly Said[] => {
  for (const [concept, sides] of note.sides) {
    const alike = done.filter((one) => one.encounter === note.encounter && one.sides.has(concept));
    const places = alike.flatMap((one) => [...one.sides.get(concept) ?? []]);
    const [first] = alike;
    if (first === undefined || ![...sides].every((side) => places.every((place) => opposed(side, place)))) continue;
    return [wrong(note.path, says, { version: note.version, code: 'conflict', cause: note.path, evidence: [{ version: first.version, expression: first.path, role: 'against' }] })];
  }
  return [];
});
