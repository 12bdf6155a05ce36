import type { EventBody, EventKind } from '../../terms/event.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Database, Tx } from '../../storage/connect.ts';
import { runById, type RunRow } from '../../storage/source.ts';
import type { Connections } from './connection.ts';

export type SourceDeps = {
  readonly db: Database;
  readonly appendEvent: (tx: Tx, kind: EventKind, body: EventBody) => Promise<void>;
  /** Called while a source is asked: a heartbeat that also throws when the activity was cancelled. */
  readonly beat: () => void;
  /** Shared with `createOpenItems`, so that a source has one token. */
  readonly connections: Connections;
};

export async function knownRun(db: Database, run: string): Promise<RunRow> {
  const found = await runById(db, run);
  if (found === undefined) throw new AssayError('ASSAY_RUN_UNKNOWN');
  return found;
}
