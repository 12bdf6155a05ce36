import { wilson } from './wilson.ts';

/** One of the parts that a share is put together from. `weight`: how much it counts, below 0 where it is taken away. */
export type Part = { readonly hits: number; readonly of: number; readonly weight: number };

/**
 * A weighted sum of independent shares with its 95% interval, each share's own being Wilson's: Zou, Huang and Zhang, Comput Stat
 * Data Anal 2009;53:1080 (for two shares and the weights 1 and -1 it is method 10 of Newcombe, Stat Med 1998;17:873). Parts of
 * which nothing was looked at must be left out.
 */
export function linearShare(parts: readonly Part[]): { share: number; low: number; high: number } {
  let [share, below, above] = [0, 0, 0];
  for (const { hits, of, weight } of parts) {
    const [part, { low, high }] = [hits / of, wilson(hits, of)];
    share += weight * part;
    below += (weight * part - Math.min(weight * low, weight * high)) ** 2;
    above += (Math.max(weight * low, weight * high) - weight * part) ** 2;
  }
  return { share, low: share - Math.sqrt(below), high: share + Math.sqrt(above) };
}

/**
 * A share over strata, each weighed by how much it stands for. Strata of which nothing was looked at say nothing: `covered` is
 * the part, 0 to 1, that the others stand for. @returns undefined where nothing was looked at
 */
export function stratifiedShare(strata: readonly { readonly hits: number; readonly of: number; readonly size: number }[]): { share: number; low: number; high: number; covered: number } | undefined {
  const seen = strata.filter(({ of }) => of > 0);
  const size = seen.reduce((sum, one) => sum + one.size, 0);
  if (size === 0) return undefined;
  const { share, low, high } = linearShare(seen.map(({ hits, of, size: own }) => ({ hits, of, weight: own / size })));
  return { share, low: Math.max(0, low), high: Math.min(1, high), covered: size / strata.reduce((sum, one) => sum + one.size, 0) };
}

/** A share is named when it is known to within so much on either side, 0 to 1. */
const WITHIN = 0.05;

/** Whether a share over strata may be named: each stratum was looked at, and half of its 95% interval is no wider than 5 points. */
export const isKnown = (share: ReturnType<typeof stratifiedShare>): boolean =>
  share !== undefined && share.covered === 1 && (share.high - share.low) / 2 <= WITHIN;
