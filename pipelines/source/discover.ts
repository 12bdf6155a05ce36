import { AssayError } from '../../terms/errors.ts';
import type { Database } from '../../storage/connect.ts';
import { exportJob, type Manifest } from '../../storage/export-job.ts';
import { addFiles, type NewFile } from '../../storage/run-files.ts';
import { knownTypes } from '../../storage/snapshot.ts';
import { startTypes, stateTransactionTime, type RunRow } from '../../storage/source.ts';
import type { Connection } from './connection.ts';
import { listFolder } from './files.ts';
import { historyFiles } from './history.ts';
import { filesOf } from './manifest.ts';
import { firstPages } from './search.ts';
import { bulkSettings, filesSettings, searchSettings } from './settings.ts';

export type Discovered = { readonly files: readonly NewFile[]; readonly types: readonly string[]; readonly at: Date | undefined };

/** What is to be landed, as rows. Discovering twice gives the same rows. @returns how many */
export async function discover(db: Database, connection: () => Connection, run: RunRow): Promise<number> {
  const { files, types, at } = await found(db, connection, run);
  await db.transaction(async (tx) => {
    if (at !== undefined) await stateTransactionTime(tx, run.run, at);
    await startTypes(tx, run.run, types);
    await addFiles(tx, run.run, files);
  });
  return files.length;
}

async function found(db: Database, connection: () => Connection, run: RunRow): Promise<Discovered> {
  switch (run.kind) {
    case 'bulk': return ofManifest(db, connection(), run);
    case 'search': return firstPages(connection(), run.asked, searchSettings(run.settings));
    case 'files': {
      const { files, at } = await listFolder(filesSettings(run.settings).folder);
      const wanted = run.asked.types;
      const kept = wanted === undefined ? files : files.filter(({ type }) => type === null || wanted.includes(type));
      return { files: kept, types: wanted ?? ['*', ...typesIn(kept)], at };
    }
  }
}

async function ofManifest(db: Database, connection: Connection, run: RunRow): Promise<Discovered> {
  const manifest = (await exportJob(db, run.run))?.manifest;
  if (manifest === null || manifest === undefined) throw new AssayError('ASSAY_SOURCE_EXPORT_GONE', 'no manifest');
  const files = filesOf(manifest);
  const types = run.asked.types ?? ['*', ...typesIn(files)];
  const history = await deletionsFromHistory(db, connection, run, manifest);
  return { files: [...files, ...history], types, at: manifest.transactionTime === undefined ? undefined : new Date(manifest.transactionTime) };
}

/** Asked for, or the manifest does not speak of deletions: then as far as the server has histories, and no further. */
async function deletionsFromHistory(db: Database, connection: Connection, run: RunRow, manifest: Manifest): Promise<NewFile[]> {
  const wanted = bulkSettings(run.settings).deletionsFromHistory ?? (manifest.deleted === undefined ? 'where-it-has' : false);
  if (wanted === false) return [];
  return historyFiles(connection, run.asked, await knownTypes(db, run.source)).catch((error: unknown) => {
    if (wanted === true || !(error instanceof AssayError)) throw error;
    return [];
  });
}

const typesIn = (files: readonly NewFile[]): string[] => [...new Set(files.flatMap(({ type }) => (type === null ? [] : [type])))].sort();
