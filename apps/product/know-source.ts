import { hash } from 'node:crypto';
import { appendEvent } from '../../ledger/append.ts';
import { canonicalBytes } from '../../ledger/verify/canonical-json.ts';
import type { Database } from '../../storage/connect.ts';
import { settleSource, type SourceRow } from '../../storage/source.ts';

/**
 * The source is known under its name, with these settings. Where that is news it is an event, with the SHA-256 (hex) of the
 * settings' RFC 8785 bytes: whoever keeps the configuration can show what it said.
 * @param by whose word it is: a person, or `file` for the configuration
 */
export const knowSource = (db: Database, source: Omit<SourceRow, 'id'>, by: string): Promise<number> => db.transaction(async (tx) => {
  const { id, changed } = await settleSource(tx, source);
  if (changed) await appendEvent(tx, 'source-changed', { source: id, name: source.name, how: source.kind, settings: hash('sha256', canonicalBytes(source.settings as object), 'hex'), by });
  return id;
});
