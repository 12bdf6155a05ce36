import type { appendEvent } from '../../ledger/append.ts';
import type { PolicyInForce } from '../../storage/assessment.ts';
import type { Database, Queryable, Tx } from '../../storage/connect.ts';
import type { Purpose } from '../../terms/purpose.ts';

/** What the stage is given; apps/ composes it from assessment and release. */
export type ExceptionDeps = {
  readonly db: Database;
  readonly appendEvent: typeof appendEvent;
  readonly policy: (db: Queryable) => Promise<PolicyInForce>;
  /** Judges what a decision bears on again. @returns the versions that were looked at */
  readonly judgeAgain: (tx: Tx, asked: { source: number; patient: string; versions?: readonly string[]; decision: string; policy: PolicyInForce }) => Promise<string[]>;
  /** Feed entries for what the verdicts now let go. */
  readonly release: (tx: Tx, versions: readonly string[], decision: string) => Promise<unknown>;
  /** Takes back the versions for the purposes, where they are out. */
  readonly retract: (tx: Tx, versions: readonly string[], purposes: readonly Purpose[], why: 'reversed' | 'kept-out') => Promise<unknown>;
  readonly beat: () => void;
};
