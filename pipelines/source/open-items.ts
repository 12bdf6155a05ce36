import type { SourceItem } from '../../terms/resource-version.ts';
import type { Database } from '../../storage/connect.ts';
import { fileToOpen } from '../../storage/run-files.ts';
import type { Connections } from './connection.ts';
import { exportedItems, localItems, type From } from './exported-items.ts';
import { settingsOf } from './settings.ts';

export type OpenItems = (db: Database, file: string, from: From) => AsyncIterable<SourceItem>;

/**
 * What a run's file holds, from where landing stands: lines of an export or of a local file, entries
 * of a page, deletions, what hydration fetches. Opening it twice gives the same items under the same lines.
 */
export function createOpenItems(connections: Connections): OpenItems {
  return async function* openItems(db, id, from) {
    const file = await fileToOpen(db, id);
    if (file === undefined) return;
    const settings = settingsOf(file.sourceKind, file.settings);
    if (file.sourceKind === 'files') yield* localItems(db, file, from, settings.maxLineBytes);
    else yield* exportedItems(db, connections(settings), file, from, settings.maxLineBytes);
  };
}
