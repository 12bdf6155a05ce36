/** 95% two-sided. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval of a share, 95%: Wilson, J Am Stat Assoc 1927;22:209.
 * @returns the bounds, 0 to 1; of nothing, the whole range
 */
export function wilson(hits: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const middle = share + Z * Z / (2 * of);
  const spread = Z * Math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of));
  const scale = 1 + Z * Z / of;
  return { low: hits === 0 ? 0 : Math.max(0, (middle - spread) / scale), high: hits === of ? 1 : Math.min(1, (middle + spread) / scale) };
}

/**
 * Gwet's AC1 of two raters over categories: Gwet, Br J Math Stat Psychol 2008;61:29, formula 3. Where nearly all agree on one
 * category, kappa collapses and AC1 does not.
 * @param pairs the two ratings of each item @param categories those that could have been chosen
 */
export function gwetAc1(pairs: readonly (readonly [string, string])[], categories: number): { agreement: number; ac1: number } | undefined {
  if (pairs.length === 0 || categories < 2) return undefined;
  const agreement = pairs.filter(([a, b]) => a === b).length / pairs.length;
  const counts = new Map<string, number>();
  for (const rating of pairs.flat()) counts.set(rating, (counts.get(rating) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / (2 * pairs.length));
  const chance = shares.reduce((sum, share) => sum + share * (1 - share), 0) / (categories - 1);
  return { agreement, ac1: (agreement - chance) / (1 - chance) };
}
