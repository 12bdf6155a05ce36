import { patientSubject } from './verify/chains.ts';
import { factTables } from './verify/fact-tables.ts';
import { hmacKey } from './verify/hmac.ts';
import { merkleRoot } from './verify/merkle.ts';
import { erasedLine } from './verify/read-events.ts';

type Row = { readonly table: string; readonly row: string; readonly linked: boolean };

/** Fact tables whose rows are hashed under a patient's key, and how their patient is found. */
export const patientRows = factTables.flatMap(({ table, key, of }) => of === undefined || of.patient === `''` ? [] : [{ table, key, ...of }]);

/** What a certificate commits to: RFC 6962 root over its rows, sorted by table, then by number. */
export const certificateRoot = (rows: readonly Row[]): Buffer =>
  merkleRoot([...rows].sort((a, b) => (a.table === b.table ? Number(a.row) - Number(b.row) : a.table < b.table ? -1 : 1)).map(erasedLine));

/** Where the chain of a patient is found, once its key is gone. */
export const subjectUnder = (key: Buffer): Buffer => patientSubject(hmacKey(key));
