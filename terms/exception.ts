import type { Purpose } from './purpose.ts';
import type { Owner } from './rule.ts';
import type { Priority } from './policy.ts';
import type { Reach } from './verdict.ts';

/** Held versions with one root cause, to be decided together by a person (contracts 16, 17). */
export type ExceptionCase = {
  readonly exception: string;
  readonly source: string;
  readonly rule: string;
  readonly cause: string;
  readonly state: 'open' | 'closed';
  /** Rises with each command and each new member: optimistic lock. */
  readonly revision: number;
  readonly priority: Priority;
  readonly reach: Reach;
  readonly owner: Owner;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly dueAt: string;
  readonly members: number;
  /** Purposes that wait for it. */
  readonly waits: readonly Purpose[];
};
