import type { SourceItem } from '../../terms/resource-version.ts';
import type { Database } from '../../storage/connect.ts';
import { announcedCount, exportJob } from '../../storage/export-job.ts';
import { noteOnFile, type FileToOpen } from '../../storage/run-files.ts';
import { failType } from '../../storage/source.ts';
import type { Connection } from './connection.ts';
import { deletedItems } from './deleted-items.ts';
import { errorItems } from './error-items.ts';
import { freshDownload } from './fresh-download.ts';
import { readLocal } from './files.ts';
import { ndjsonItems } from './ndjson-items.ts';
import { createTail } from './tail.ts';

export type From = { readonly offset: number; readonly line: number };

/** Items of a file that an export's manifest lists. */
export async function* exportedItems(db: Database, connection: Connection, file: FileToOpen, from: From, longest?: number): AsyncGenerator<SourceItem> {
  const tail = createTail();
  const odd = new Set<string>();
  const job = await exportJob(db, file.run);
  // Deletions are numbered by entry: they are read again from the beginning.
  const offset = file.kind === 'deleted' ? 0 : from.offset;
  const chunks = tail.watch(freshDownload(connection, file.name, job, {
    url: file.url, from: offset, authorize: job?.manifest?.requiresAccessToken !== false,
    endsWell: () => tail.isWhole(), note: (what) => odd.add(what),
  }));
  let last = from.line - 1;
  for await (const item of itemsOf(db, file, chunks, from, longest)) {
    last = item.line;
    yield item;
  }
  if (odd.has('wrong-content-length')) await noteOnFile(db, file.file, 'wrong Content-Length');
  const announced = file.kind === 'output' ? await announcedCount(db, file.run, file.url) : undefined;
  if (odd.has('cut') || !tail.isWhole()) await truncated(db, file, `after line ${last}`);
  else if (announced !== undefined && last < announced) await truncated(db, file, `${last} lines of ${announced}`);
}

/** Items of a file of a folder. */
export async function* localItems(db: Database, file: FileToOpen, from: From, longest?: number): AsyncGenerator<SourceItem> {
  const tail = createTail();
  yield* ndjsonItems(tail.watch(readLocal(file.url, from.offset)), from, longest);
  if (!tail.isWhole()) await truncated(db, file, 'the last line is not whole');
}

function itemsOf(db: Database, file: FileToOpen, chunks: AsyncIterable<Buffer>, from: From, longest: number | undefined): AsyncIterable<SourceItem> {
  if (file.kind === 'deleted') return deletedItems(chunks, from.line);
  if (file.kind === 'error') {
    return errorItems(chunks, from, async ({ types }) => {
      for (const type of types) await failType(db, file.run, type, 'ASSAY_SOURCE_EXPORT_PARTIAL');
    });
  }
  return ndjsonItems(chunks, from, longest);
}

/** What came is kept; the type's watermark stays where it is, so that the rest comes next time [5]. */
async function truncated(db: Database, file: FileToOpen, detail: string): Promise<void> {
  await failType(db, file.run, file.type ?? '*', 'ASSAY_SOURCE_TRUNCATED');
  await noteOnFile(db, file.file, `ASSAY_SOURCE_TRUNCATED: ${detail}`);
}
