import type { SourceItem } from '../../terms/resource-version.ts';
import type { Database } from '../../storage/connect.ts';
import { fileToOpen } from '../../storage/run-files.ts';
import { SNAPSHOT_FILE } from '../../storage/snapshot.ts';
import type { Connections } from './connection.ts';
import { exportedItems, localItems, type From } from './exported-items.ts';
import { hydratedItems } from './hydrate.ts';
import { pageItems } from './page-items.ts';
import { settingsOf } from './settings.ts';
import { snapshotItems } from './snapshot.ts';

export type OpenItems = (db: Database, file: string, from: From) => AsyncIterable<SourceItem>;

/**
 * What a run's file holds, from where landing stands: lines of an export or of a local file, entries
 * of a page, deletions, what hydration fetches. Opening it again gives the same items under the same lines.
 */
export function createOpenItems(connections: Connections): OpenItems {
  return async function* openItems(db, id, from) {
    const file = await fileToOpen(db, id);
    if (file === undefined) return;
    const settings = settingsOf(file.sourceKind, file.settings);
    if (file.name === SNAPSHOT_FILE) yield* snapshotItems(db, file, from.line);
    else if (file.kind === 'hydrated') yield* hydratedItems(db, connections(settings), file, from.line);
    else if (file.kind === 'page' || file.kind === 'history') yield* pageItems(db, connections(settings), file, from.line);
    else if (file.sourceKind === 'files') yield* localItems(db, file, from, settings.maxLineBytes);
    else yield* exportedItems(db, connections(settings), file, from, settings.maxLineBytes);
  };
}
