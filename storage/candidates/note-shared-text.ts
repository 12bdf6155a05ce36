import type { Queryable, Tx } from '../connect.ts';

/** A window that more notes have than this says nothing of any two, be they of one patient who is written the same of again and again. */
const LARGEST_WINDOW = 24;

export type NoteHead = { version: string; type: string; id: string; patient: string; bytes: Buffer; encoding: number };
const types = `('DocumentReference', 'Composition')`;

/** Notes of these runs that nobody has read for comparing yet; `all`: of the source. In the order of their row ids. */
export async function notesToKey(db: Queryable, source: number, runs: readonly string[], all: boolean, after: string, limit: number): Promise<NoteHead[]> {
  const { rows } = await db.query<NoteHead>(
    `select v.id as version, v.type, v.logical_id as id, v.patient, v.bytes, v.encoding from version v
      where v.source_id = $1 and v.type in ${types} and v.head and v.bytes is not null and v.patient <> '' and ($3 or v.run_id = any($2)) and v.id > $4
        and not exists (select from note_key k where k.version_id = v.id)
      order by v.id limit $5`, [source, runs, all, after, limit]);
  return rows;
}

/** The notes are on record by their windows; an older version of one is not compared any more. */
export async function keyNotes(tx: Tx, source: number, notes: readonly { version: string; patient: string; written: Date | undefined; windows: readonly string[] }[]): Promise<void> {
  await tx.query(
    `insert into note_key (version_id, source_id, patient, written) select version, $1, patient, written from unnest($2::bigint[], $3::text[], $4::timestamptz[]) as keyed (version, patient, written) on conflict do nothing`,
    [source, notes.map((note) => note.version), notes.map((note) => note.patient), notes.map((note) => note.written ?? null)]);
  const windows = notes.flatMap(({ version, patient, windows: hashes }) => hashes.map((hash) => ({ version, patient, hash })));
  await tx.query(
    `insert into note_window (source_id, hash, version_id, person)
     select $1, hash, version, hashtextextended(patient, 0) from unnest($2::bigint[], $3::bigint[], $4::text[]) as keyed (hash, version, patient) on conflict do nothing`,
    [source, windows.map((one) => one.hash), windows.map((one) => one.version), windows.map((one) => one.patient)]);
}

/** Notes that were replaced or deleted in these runs are compared no more. @param all forget every note of the source: it is read again */
export async function forgetOldNotes(tx: Tx, source: number, runs: readonly string[], all: boolean): Promise<void> {
  await tx.query(
    `delete from note_key where source_id = $1 and ($3 or version_id in (
       select b.id from version v join version b on b.source_id = v.source_id and b.type = v.type and b.logical_id = v.logical_id and not b.head
        where v.run_id = any($2) and v.type in ${types} and v.ordinal > 1))`, [source, runs, all]);
}

/** Of a patient whose record is destroyed no note is compared. */
export async function forgetNotes(tx: Tx, source: number, patient: string): Promise<void> {
  await tx.query('delete from note_key where source_id = $1 and patient = $2', [source, patient]);
}

/** A note of a pair. `since`: when a note of its patient first had one of the windows in common. `told`: windows that few patients' notes have. */
export type TextSide = { version: string; type: string; patient: string; since: Date | null; told: number };
type Row = { oneVersion: string; otherVersion: string; shared: number; oneSince: Date | null; otherSince: Date | null; oneTold: number; otherTold: number; oneType: string; otherType: string; onePatient: string; otherPatient: string };
export type SharedText = { one: TextSide; other: TextSide; shared: number };

/** Who has each of these windows, up to one more than says anything. */
const holdersOf = (hashes: string): string => `select m.hash, h.version_id, h.person from (${hashes}) m
  cross join lateral (select w.version_id, w.person from note_window w where w.source_id = $1 and w.hash = m.hash limit ${LARGEST_WINDOW + 1}) h`;
const telling = (holders: string): string => `select hash from ${holders} group by hash having count(distinct person) <= $3 and count(*) <= ${LARGEST_WINDOW}`;

/**
 * Notes of other patients that share windows with these, windows that notes of few patients have.
 * @param notes version ids
 * @param patients a window that more patients' notes have is a template
 * @param least windows in common
 */
export async function sharedTexts(db: Queryable, source: number, notes: readonly string[], { patients, least }: { patients: number; least: number }): Promise<SharedText[]> {
  const { rows } = await db.query<Row>(
    `with mine as materialized (select hash, version_id, person from note_window where version_id = any($2)),
          holders as materialized (${holdersOf('select distinct hash from mine')}),
          telling as materialized (${telling('holders')}),
          firsts as materialized (select h.hash, h.person, min(k.written) as since from holders h join telling using (hash) join note_key k using (version_id) group by 1, 2),
          found as materialized (
            select m.version_id as one, h.version_id as other, count(*)::int as shared, min(f.since) as one_since, min(g.since) as other_since
              from mine m join telling using (hash) join holders h using (hash) join firsts f on f.hash = m.hash and f.person = m.person join firsts g on g.hash = h.hash and g.person = h.person
             where h.person <> m.person group by 1, 2 having count(*) >= $4),
          asked as materialized (
            select w.hash, w.version_id from (select one as version_id from found union select other from found) n join note_window w using (version_id)),
          theirs as materialized (${holdersOf('select distinct hash from asked')}),
          told as (select version_id, count(*)::int as told from asked join (${telling('theirs')}) t using (hash) group by 1)
     select distinct on (least(f.one, f.other), greatest(f.one, f.other)) f.one as "oneVersion", f.other as "otherVersion", f.shared, f.one_since as "oneSince", f.other_since as "otherSince",
            a.told as "oneTold", b.told as "otherTold", v.type as "oneType", w.type as "otherType", v.patient as "onePatient", w.patient as "otherPatient"
       from found f join told a on a.version_id = f.one join told b on b.version_id = f.other join version v on v.id = f.one join version w on w.id = f.other`, [source, notes, patients, least]);
  return rows.map((row) => ({ shared: row.shared, one: { version: row.oneVersion, type: row.oneType, patient: row.onePatient, since: row.oneSince, told: row.oneTold },
    other: { version: row.otherVersion, type: row.otherType, patient: row.otherPatient, since: row.otherSince, told: row.otherTold } }));
}
