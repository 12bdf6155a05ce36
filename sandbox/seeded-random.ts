import { createHash } from 'node:crypto';

export type Random = ReturnType<typeof seededRandom>;

/** The same numbers for the same seed and purpose, so that one more purpose does not shift the others'. */
export function seededRandom(seed: number, purpose: string) {
  let drawn = 0;
  const draw = () => createHash('sha256').update(`${seed}/${purpose}/${drawn++}`).digest();
  return {
    /** 0 up to, not including, 1. */
    share: () => draw().readUInt32BE() / 2 ** 32,
    below: (limit: number) => Math.floor((draw().readUInt32BE() / 2 ** 32) * limit),
    id: () => draw().toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5'),
  };
}
