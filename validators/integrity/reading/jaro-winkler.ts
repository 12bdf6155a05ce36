/**
 * Jaro–Winkler similarity, 0 to 1: Winkler, "String Comparator Metrics and Enhanced Decision Rules in
 * the Fellegi-Sunter Model of Record Linkage" (1990); prefix scale 0.1 over at most four letters.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return one === '' ? 0 : 1;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length === 0) return 0;
  const reach = Math.max(0, Math.floor(long.length / 2) - 1);
  const taken = new Uint8Array(long.length);
  const matched: number[] = [];
  for (let at = 0; at < short.length; at++) {
    const code = short.charCodeAt(at);
    for (let to = Math.max(0, at - reach); to <= Math.min(long.length - 1, at + reach); to++) {
      if (taken[to] === 1 || long.charCodeAt(to) !== code) continue;
      taken[to] = 1;
      matched.push(code);
      break;
    }
  }
  if (matched.length === 0) return 0;
  let halfMoved = 0;
  for (let to = 0, at = 0; to < long.length; to++) if (taken[to] === 1 && long.charCodeAt(to) !== matched[at++]) halfMoved++;
  const m = matched.length;
  const jaro = (m / short.length + m / long.length + (m - halfMoved / 2) / m) / 3;
  let prefix = 0;
  while (prefix < Math.min(4, short.length) && short[prefix] === long[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
