import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const shared = join(import.meta.dirname, '../../../shared');

export type Line = { readonly type: string; readonly bytes: Buffer };

/** The resources of a Synthea set, one a line. */
export const linesOf = (set: string): Line[] => readdirSync(join(shared, 'synthea', set)).flatMap((file) => {
  const bytes = gunzipSync(readFileSync(join(shared, 'synthea', set, file)));
  const out: Line[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start) out.push({ type: file.split('.')[0]!, bytes: bytes.subarray(start, stop) });
    start = stop + 1;
  }
  return out;
});

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
