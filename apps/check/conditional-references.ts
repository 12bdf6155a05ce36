import type { Database } from '../../storage/connect.ts';
import { conditionalReferences, givenOfTypes, stateMeant } from '../../storage/given-files.ts';
import { received } from '../../storage/stored-bytes.ts';

const PAGE = 500;
/** What is given here need not be made as FHIR is. */
const objectsIn = (list: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(list) ? list.filter((one: unknown) => typeof one === 'object' && one !== null) : []) as readonly Readonly<Record<string, unknown>>[];

/**
 * Resolves conditional references by identifier among the files, as a server would: http://hl7.org/fhir/R4/http.html#trules.
 * One that several resources answer means none of them; of a type of which nothing was given, nobody can tell.
 */
export async function resolveConditional(db: Database, run: string): Promise<void> {
  const asked = await conditionalReferences(db, run);
  const types = [...new Set(asked.map((reference) => reference.slice(0, reference.indexOf('?'))))];
  const wanted = new Map(asked.map((reference) => [reference, new Set<string>()]));
  const held = new Set<string>();
  for (let after = '0'; types.length > 0;) {
    const page = await givenOfTypes(db, run, types, after, PAGE);
    for (const { type, id, ...stored } of page) {
      held.add(type);
      const { identifier } = JSON.parse(received(stored).toString('utf8')) as { identifier?: unknown };
      for (const { system, value } of objectsIn(identifier)) {
        if (typeof value !== 'string') continue;
        for (const form of [`${typeof system === 'string' ? system : ''}|${value}`, value]) wanted.get(`${type}?identifier=${form}`)?.add(`${type}/${id}`);
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last.version;
  }
  const meant = new Map([...wanted].flatMap(([reference, found]): [string, string | null][] =>
    (held.has(reference.slice(0, reference.indexOf('?'))) && found.size < 2 ? [[reference, [...found][0] ?? null]] : [])));
  await db.transaction((tx) => stateMeant(tx, run, meant));
}
