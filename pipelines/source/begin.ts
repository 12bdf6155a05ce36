import { AssayError } from '../../terms/errors.ts';
import type { Database } from '../../storage/connect.ts';
import { beginRun, sourceById, watermarks, type Asked, type SourceKind } from '../../storage/source.ts';
import { settingsOf } from './settings.ts';
import { resolveAsked } from './since.ts';

export type Begin = {
  /** Row id of the source. */
  readonly source: number;
  /** The workflow's first execution: the same one begins the same run. */
  readonly startedBy: string;
  readonly asked: Asked;
};

export async function begin(db: Database, { source, startedBy, asked }: Begin): Promise<{ run: string; kind: SourceKind }> {
  const found = await sourceById(db, source);
  if (found === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
  const settings = settingsOf(found.kind, found.settings);
  const run = await db.transaction(async (tx) =>
    beginRun(tx, source, startedBy, resolveAsked(found.kind, settings, asked, await watermarks(tx, source))));
  return { run, kind: found.kind };
}
