import type { Database } from '../../storage/connect.ts';
import { newMembers, recordMembers, restateAsked, type RunRow } from '../../storage/source.ts';
import { asJson, discard, isObject, isString, listOf, readBody } from './body.ts';
import type { Connection } from './connection.ts';
import { literalReference } from './literal-reference.ts';
import type { BulkSettings } from './settings.ts';
import type { ExportAsk } from './bulk.ts';

/** A list of patients in the settings is on record as a group; no Group has this id. */
const LISTED = '';

/**
 * `_since` misses the history of patients new to the group (HL7/bulk-data#82), or to the list in the
 * settings: while it names one whom no completed run asked for, the export is asked for in full. A
 * Group that cannot be read tells nothing, and `_since` stays.
 */
export async function askForNewMembers(db: Database, connection: Connection, run: RunRow, settings: BulkSettings): Promise<ExportAsk> {
  const group = settings.patients === undefined ? run.asked.group ?? settings.group : LISTED;
  const ask = run.asked;
  if (group === undefined) return ask;
  const members = settings.patients ?? await readMembers(connection, group);
  if (members === undefined) return ask;
  const unknown = await newMembers(db, run.source, group, members);
  await db.transaction((tx) => recordMembers(tx, run.run, run.source, group, members));
  if (unknown === 0 || ask.since === undefined) return ask;
  const { since: _dropped, ...inFull } = ask;
  await restateAsked(db, run.run, inFull);
  return inFull;
}

async function readMembers({ ask, base }: Connection, group: string): Promise<string[] | undefined> {
  const answer = await ask(`${base}/Group/${encodeURIComponent(group)}`);
  if (answer.status !== 200) {
    discard(answer.body);
    return undefined;
  }
  const found = asJson(await readBody(answer));
  if (found?.['resourceType'] !== 'Group') return undefined;
  const patients = listOf(found['member']).flatMap(({ entity, inactive }) => {
    const reference = isObject(entity) && isString(entity['reference']) ? literalReference(entity['reference']) : undefined;
    return inactive !== true && reference?.type === 'Patient' ? [reference.id] : [];
  });
  return [...new Set(patients)];
}
