/** What can be wrong, by the name the reports use. */
export type TroubleKind =
  | 'event-changed' | 'event-removed' | 'tile-changed' | 'tree-differs'
  | 'checkpoint-changed' | 'checkpoint-removed' | 'checkpoint-unsigned' | 'key-unknown'
  | 'rolled-back' | 'forked'
  | 'row-changed' | 'row-removed' | 'row-added' | 'bytes-changed'
  | 'chain-changed' | 'link-removed' | 'chain-removed' | 'chain-added' | 'heads-differ'
  | 'file-changed' | 'file-missing';

/** One thing that was changed, removed or added. Names places, never values. */
export type Trouble = {
  readonly kind: TroubleKind;
  /** One sentence. */
  readonly says: string;
  readonly table?: string;
  readonly row?: string;
  readonly leaf?: number;
};

/** Of one kind and table so many are listed; the rest is counted. */
const LISTED = 100;

export type Troubles = { add(trouble: Trouble): void; readonly list: readonly Trouble[]; readonly count: number };

export function collectTroubles(): Troubles {
  const list: Trouble[] = [];
  const seen = new Map<string, number>();
  let count = 0;
  return {
    list,
    get count() { return count; },
    add(trouble) {
      count++;
      const key = `${trouble.kind} ${trouble.table ?? ''}`;
      const n = (seen.get(key) ?? 0) + 1;
      seen.set(key, n);
      if (n <= LISTED) list.push(trouble);
    },
  };
}

/** What was verified, and what was found. */
export type Report = {
  readonly origin: string | null;
  readonly size: number;
  readonly root: string;
  readonly troubles: readonly Trouble[];
  readonly troubleCount: number;
  /** Nothing was found, and yet nothing is proved: why. A sentence. */
  readonly unproved?: string;
  /** What was looked at: leaves, rows of each table, chains, checkpoints, anchors. */
  readonly looked: Readonly<Record<string, number>>;
  /** Up to where a change would have been seen, and what would not. Sentences. */
  readonly limits: readonly string[];
};
