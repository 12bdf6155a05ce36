/** A candidate with its stratum: source × type × human or AI author. */
export type Stratified<Item> = { readonly item: Item; readonly stratum: string };

/**
 * A stratified sample of `size`: every stratum gets its share of what there is, but at least one, in the order given; what is
 * left over goes to the largest remainders (Hamilton's method), ties by name. The same candidates give the same sample.
 * @param candidates in an order that chance made once (a seeded hash)
 * @param records how many there are of a stratum, where the candidates are only some of them
 */
export function stratifiedSample<Item>(candidates: readonly Stratified<Item>[], size: number, records: ReadonlyMap<string, number> = new Map()): Item[] {
  const strata = [...Map.groupBy(candidates, ({ stratum }) => stratum)].sort(([a], [b]) => (a < b ? -1 : 1));
  const counts = strata.map(([stratum, of]) => Math.max(of.length, records.get(stratum) ?? 0));
  const all = Math.max(1, counts.reduce((sum, count) => sum + count, 0));
  const exact = counts.map((count) => size * count / all);
  const shares = strata.map(([, of], place) => Math.min(of.length, Math.max(1, Math.floor(exact[place] ?? 0))));
  const order = strata.map((_, place) => place).sort((a, b) => ((exact[b] ?? 0) % 1) - ((exact[a] ?? 0) % 1) || a - b);
  let left = size - shares.reduce((sum, share) => sum + share, 0);
  for (let moved = true; left > 0 && moved;) {
    moved = false;
    for (const place of order) {
      if (left === 0 || (shares[place] ?? 0) >= (strata[place]?.[1].length ?? 0)) continue;
      shares[place] = (shares[place] ?? 0) + 1;
      left--;
      moved = true;
    }
  }
  // One of each small stratum can be more than its share: the strata that are furthest above theirs give it.
  for (; left < 0; left++) {
    const place = order.filter((one) => (shares[one] ?? 0) > 1)
      .sort((a, b) => ((shares[b] ?? 0) - (exact[b] ?? 0)) - ((shares[a] ?? 0) - (exact[a] ?? 0)) || a - b)[0];
    if (place === undefined) break; // fewer asked for than there are strata
    shares[place] = (shares[place] ?? 0) - 1;
  }
  return strata.flatMap(([, of], place) => of.slice(0, shares[place]).map(({ item }) => item));
}

/**
 * How many records each stratum has: of a source and type, of which a part was read, each author's are as many as his share of the part.
 * @param candidates `of`: how many there are of its source and type in all
 */
export function strataOf<Key>(candidates: readonly { readonly stratum: string; readonly part: string; readonly of: number; readonly key: Key }[]): { key: Key; records: number }[] {
  const read = new Map([...Map.groupBy(candidates, ({ part }) => part)].map(([part, all]) => [part, all.length]));
  return [...Map.groupBy(candidates, ({ stratum }) => stratum).values()].flatMap((all) => {
    const [first] = all;
    return first === undefined ? [] : [{ key: first.key, records: Math.max(all.length, Math.round(first.of * all.length / (read.get(first.part) ?? all.length))) }];
  });
}

/**
 * Whether a resource says of itself that a model made it: the label AIAST or AIRPT of HL7's ObservationValue codes in
 * meta.security (AI Transparency on FHIR), or a Device as its author.
 */
export function saysAi(resource: unknown): boolean {
  const text = JSON.stringify(resource);
  return /"code":"(AIAST|AIRPT)"/.test(text) || /"(author|recorder|performer|asserter)":\[?\{"reference":"Device\//.test(text);
}
