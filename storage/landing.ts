import type { Finding } from '../terms/finding.ts';
import { bigints, booleans, instants, integers, smallints, texts } from './array-parameters.ts';
import type { Queryable, Tx } from './connect.ts';
import { keepFindings } from './finding-lists.ts';

/** What landing needs to know of a file, its run and its source. */
export type FileToLand = {
  file: string; run: string; source: number; sourceName: string;
  kind: 'output' | 'deleted' | 'error' | 'page' | 'history' | 'hydrated';
  type: string | null; state: 'pending' | 'done' | 'failed';
  nextOffset: number; nextLine: number;
  transactionTime: Date | null; asOf: Date;
  /** The source's FHIR base, where it has one: absolute references under it are its own. */
  base: string | null;
};

export async function fileToLand(db: Queryable, file: string): Promise<FileToLand | undefined> {
  const { rows: [row] } = await db.query<FileToLand>(
    `select file.id as file, run.id as run, run.source_id as source, source.name as "sourceName", file.kind,
            file.type, file.state, file.next_offset::float8 as "nextOffset", file.next_line as "nextLine",
            run.transaction_time as "transactionTime", run.as_of as "asOf", source.settings ->> 'url' as base
       from run_file file join run on run.id = file.run_id join source on source.id = run.source_id
      where file.id = $1`, [file]);
  return row;
}

/** The current head of a resource, as far as landing compares it. */
export type Head = {
  type: string; id: string; version: string; ordinal: number; lastOrdinal: number; deletion: boolean;
  hash: Buffer; patient: string;
  lastUpdated: Date | null; versionNumber: string | null; transactionTime: Date | null;
  run: string; file: string; line: number;
};

/**
 * Heads of the named resources, locked in one order so that two chunks never wait for each other. The
 * limit keeps the planner to the index, whatever its statistics say of a table that is being filled.
 */
export async function lockHeads(tx: Tx, source: number, keys: readonly { type: string; id: string }[]): Promise<Head[]> {
  const sorted = [...keys].sort((a, b) => (a.type === b.type ? (a.id < b.id ? -1 : 1) : a.type < b.type ? -1 : 1));
  const { rows } = await tx.query<Head>(
    `select v.type, v.logical_id as id, v.id as version, v.ordinal, v.deletion, v.hash, v.patient,
            (select max(ordinal) from version o
              where o.source_id = v.source_id and o.type = v.type and o.logical_id = v.logical_id) as "lastOrdinal",
            v.last_updated as "lastUpdated", v.version_number as "versionNumber",
            v.transaction_time as "transactionTime", v.run_id as run, v.file_id as file, v.line
       from unnest($2::text[], $3::text[]) as k (type, id)
      cross join lateral (
            select * from version h where h.source_id = $1 and h.type = k.type and h.logical_id = k.id and h.head
             limit 1 for update) as v`,
    [source, texts(sorted.map((key) => key.type)), texts(sorted.map((key) => key.id))]);
  return rows;
}

export type NewVersion = {
  version: string; type: string; id: string; ordinal: number; deletion: boolean; head: boolean;
  hash: Buffer; bytes: Buffer | null; encoding: number; size: number;
  versionId: string | null; versionNumber: string | null; lastUpdated: Date | null; transactionTime: Date | null;
  line: number; patient: string; refs: readonly string[]; findings: readonly Finding[];
};

/** Versions that were heads are no longer. */
export async function unhead(tx: Tx, versions: readonly string[]): Promise<void> {
  if (versions.length > 0) await tx.query('update version set head = false where id = any($1)', [versions]);
}

/** The versions are on record, keyed (run, file, line). */
export async function landVersions(tx: Tx, file: FileToLand, ruleSet: number, versions: readonly NewVersion[]): Promise<void> {
  if (versions.length === 0) return;
  const column = <K extends keyof NewVersion>(key: K) => versions.map((version) => version[key]);
  // Bytes go as one value, which is sent as it is: an array of them would be written and read as hexadecimal text.
  const bytes = Buffer.concat(versions.map((version) => version.bytes ?? Buffer.alloc(0)));
  let end = 0;
  const starts = versions.map((version) => { const start = end; end += version.bytes?.length ?? 0; return start + 1; });
  await tx.query(
    `insert into version (id, source_id, run_id, file_id, landed_rule_set, type, logical_id, ordinal, deletion, head,
                          hash, bytes, encoding, size, version_id, version_number, last_updated, transaction_time,
                          line, patient, refs, finding_list)
     overriding system value select id, $1, $2, $3, $4, type, logical_id, ordinal, deletion, head,
            substr($5::bytea, 32 * place::int - 31, 32), substr($6::bytea, start, length), encoding, size, version_id,
            version_number, last_updated, transaction_time, line, patient, string_to_array(refs, e'\n'), list
       from unnest($7::bigint[], $8::text[], $9::text[], $10::int[], $11::bool[], $12::bool[], $13::int[], $14::int[],
                   $15::smallint[], $16::int[], $17::text[], $18::bigint[], $19::timestamptz[], $20::timestamptz[],
                   $21::int[], $22::text[], $23::text[], $24::bigint[]) with ordinality
            as landed (id, type, logical_id, ordinal, deletion, head, start, length, encoding, size, version_id,
                       version_number, last_updated, transaction_time, line, patient, refs, list, place)`,
    [file.source, file.run, file.file, ruleSet, Buffer.concat(column('hash')), bytes,
      bigints(column('version')), texts(column('type')), texts(column('id')), integers(column('ordinal')), booleans(column('deletion')), booleans(column('head')),
      integers(starts), integers(versions.map((version) => version.bytes?.length ?? null)), smallints(column('encoding')), integers(column('size')), texts(column('versionId')),
      bigints(column('versionNumber')), instants(column('lastUpdated')), instants(column('transactionTime')), integers(column('line')), texts(column('patient')),
      // No reference holds a line break (identify.ts).
      texts(versions.map((version) => version.refs.join('\n'))), bigints(await keepFindings(tx, column('findings')))]);
}

/** Bytes that became no version are kept aside with the reason. */
export async function quarantine(tx: Tx, file: FileToLand, lines: readonly { line: number; bytes: Uint8Array; code: string }[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `insert into quarantine (run_id, file_id, line, bytes, error_code)
     select $1, $2, * from unnest($3::int[], $4::bytea[], $5::text[])`,
    [file.run, file.file, lines.map((line) => line.line), lines.map((line) => line.bytes), lines.map((line) => line.code)]);
}

/** Deletions of ids that never landed are on record. */
export async function recordUnknownDeletions(tx: Tx, file: FileToLand, deletions: readonly { line: number; type: string; id: string }[]): Promise<void> {
  if (deletions.length === 0) return;
  await tx.query(
    `insert into deletion_unknown (run_id, file_id, line, type, logical_id)
     select $1, $2, * from unnest($3::int[], $4::text[], $5::text[])`,
    [file.run, file.file, deletions.map((d) => d.line), deletions.map((d) => d.type), deletions.map((d) => d.id)]);
}

export type ReceivedChunk = {
  fromLine: number; toLine: number; received: number; deletions: number; skipped: number; unchanged: readonly string[];
  nextOffset: number;
  /** What became versions, by type: how many landed, how many deletions were applied. */
  became: Readonly<Record<string, readonly [landed: number, deleted: number]>>;
  /** By how many the resources that the source has now became more. */
  grew: number;
};

/**
 * The file stands behind this chunk. Undefined when another attempt of the same activity has landed it
 * meanwhile: the caller rolls back.
 */
export async function advanceFile(tx: Tx, file: FileToLand, chunk: ReceivedChunk): Promise<string | undefined> {
  const { rowCount } = await tx.query(
    `update run_file set next_offset = $3, next_line = $4
      where id = $1 and next_line = $2 and state = 'pending'`,
    [file.file, chunk.fromLine, chunk.nextOffset, chunk.toLine + 1]);
  if (rowCount !== 1) return undefined;
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into received_chunk (run_id, file_id, from_line, to_line, received, deletions, skipped, unchanged, became, grew)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [file.run, file.file, chunk.fromLine, chunk.toLine, chunk.received, chunk.deletions, chunk.skipped, chunk.unchanged, JSON.stringify(chunk.became), chunk.grew]);
  return row?.id;
}

export async function finishFile(db: Queryable, file: string): Promise<void> {
  await db.query(`update run_file set state = 'done' where id = $1 and state = 'pending'`, [file]);
}

/** The file failed for good, and with it its type in this run [5, 7]. */
export async function failFile(tx: Tx, file: FileToLand, code: string, detail: string | null): Promise<void> {
  await tx.query(
    `update run_file set state = 'failed', error_code = $2, error_detail = $3 where id = $1 and state = 'pending'`,
    [file.file, code, detail]);
  if (file.type !== null) {
    await tx.query(
      `insert into run_type (run_id, type, state, error_code) values ($1, $2, 'failed', $3)
       on conflict (run_id, type) do update set state = 'failed', error_code = excluded.error_code`,
      [file.run, file.type, code]);
  }
}

export type StoredBytes = { version: string; bytes: Buffer | null; encoding: number };

export async function bytesOf(db: Queryable, versions: readonly string[]): Promise<StoredBytes[]> {
  const { rows } = await db.query<StoredBytes>(
    'select id as version, bytes, encoding from version where id = any($1::bigint[])', [bigints(versions)]);
  return rows;
}
