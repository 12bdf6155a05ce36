import { hash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { uncompressSync } from 'snappy';
import type { Query } from './rows.ts';
import type { Troubles } from './trouble.ts';

const VERSIONS = 1_000;
type Row = { id: string; hash: Buffer; bytes: Buffer | null; encoding: number; deletion: boolean };

/** The bytes of every version are those that its hash names; without bytes is only a deletion, or what was destroyed. */
export async function checkBytes(query: Query, troubles: Troubles, erased: ReadonlyMap<string, unknown>): Promise<void> {
  for (let after = '0'; ;) {
    const { rows } = await query<Row>(`select id::text as id, hash, bytes, encoding, deletion from version where id > $1 order by version.id limit ${VERSIONS}`, [after]);
    for (const row of rows) {
      if (row.bytes === null ? row.deletion || erased.has(`version/${row.id}`) : fits(row)) continue;
      troubles.add({ kind: 'bytes-changed', table: 'version', row: row.id, says: `The bytes of version ${row.id} are ${row.bytes === null ? 'gone' : 'not those that were received'}.` });
    }
    if (rows.length < VERSIONS) return;
    after = rows.at(-1)!.id;
  }
}

/** `encoding`: 0 as they are, 1 zstd, 2 snappy. */
function fits({ bytes, encoding, hash: named }: Row): boolean {
  if (bytes === null) return false;
  try {
    const received = encoding === 0 ? bytes : encoding === 1 ? zstdDecompressSync(bytes) : uncompressSync(bytes, { asBuffer: true, copyOutputData: true });
    return hash('sha256', received, 'buffer').equals(named);
  } catch {
    return false;
  }
}
