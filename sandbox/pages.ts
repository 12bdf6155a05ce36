import { randomUUID } from 'node:crypto';
import type { Version } from './store.ts';

export type Paging = {
  readonly kind: 'searchset' | 'history';
  readonly versions: readonly Version[];
  readonly count: number;
  readonly selfUrl: string;
};

const mostKept = 500; // the oldest result is forgotten, as real servers do

export type Pages = ReturnType<typeof createPages>;

/** Results in the making: a next link names one and an offset, so pages are of one moment whatever is written meanwhile. */
export function createPages() {
  const kept = new Map<string, Paging>();
  return {
    keep(paging: Paging) {
      const id = randomUUID();
      kept.set(id, paging);
      const oldest = kept.keys().next().value;
      if (kept.size > mostKept && oldest) kept.delete(oldest);
      return id;
    },
    get: (id: string) => kept.get(id),
    forgetAll: () => kept.clear(),
  };
}
