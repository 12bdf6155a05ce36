import type { Queryable, Tx } from './connect.ts';
import type { Asked, SourceKind } from './source.ts';

export type FileKind = 'output' | 'deleted' | 'error' | 'page' | 'history' | 'hydrated';
export type NewFile = { name: string; kind: FileKind; type: string | null; url: string };

/** The files are to be landed; one of that name in the run stays as it is. */
export async function addFiles(db: Queryable, run: string, files: readonly NewFile[]): Promise<void> {
  if (files.length === 0) return;
  await db.query(
    `insert into run_file (run_id, name, kind, type, url)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[]) on conflict (run_id, name) do nothing`,
    [run, files.map((file) => file.name), files.map((file) => file.kind), files.map((file) => file.type), files.map((file) => file.url)]);
}

/** @returns the new file's id, or the id of the one of that name */
export async function addFile(tx: Tx, run: string, file: NewFile): Promise<string> {
  await addFiles(tx, run, [file]);
  const { rows: [row] } = await tx.query<{ id: string }>('select id from run_file where run_id = $1 and name = $2', [run, file.name]);
  if (row === undefined) throw new Error('a file that was added is not there');
  return row.id;
}

export async function pendingFiles(db: Queryable, run: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from run_file where run_id = $1 and state = 'pending' order by id limit $2`, [run, limit]);
  return rows.map((row) => row.id);
}

export type FileToOpen = {
  file: string; run: string; name: string; kind: FileKind; type: string | null; url: string;
  source: number; sourceName: string; sourceKind: SourceKind; settings: unknown; asked: Asked;
};

export async function fileToOpen(db: Queryable, file: string): Promise<FileToOpen | undefined> {
  return (await db.query<FileToOpen>(
    `select f.id as file, f.run_id as run, f.name, f.kind, f.type, f.url,
            s.id as source, s.name as "sourceName", s.kind as "sourceKind", s.settings, r.asked
       from run_file f join run r on r.id = f.run_id join source s on s.id = r.source_id where f.id = $1`, [file])).rows[0];
}

/** Whether another file of the run stands for this address. */
export async function hasUrl(db: Queryable, run: string, url: string, exceptName: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from run_file where run_id = $1 and url = $2 and name <> $3 and split_part(name, '/', 4) = split_part($3, '/', 4) limit 1`,
    [run, url, exceptName]);
  return rowCount === 1;
}

export async function fileUrl(db: Queryable, run: string, name: string): Promise<string | undefined> {
  return (await db.query<{ url: string }>('select url from run_file where run_id = $1 and name = $2', [run, name])).rows[0]?.url;
}

/** What was odd about a file that is read nevertheless: codes and counts. */
export async function noteOnFile(db: Queryable, file: string, note: string): Promise<void> {
  await db.query('update run_file set error_detail = $2 where id = $1', [file, note]);
}

export async function failedFiles(db: Queryable, run: string): Promise<number> {
  const { rows: [row] } = await db.query<{ n: number }>(
    `select count(*)::int as n from run_file where run_id = $1 and state = 'failed'`, [run]);
  return row?.n ?? 0;
}
