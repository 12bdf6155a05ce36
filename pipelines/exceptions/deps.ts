import type { appendEvents } from '../../ledger/append.ts';
import type { PolicyInForce } from '../../storage/assessment.ts';
import type { Database, Queryable, Tx } from '../../storage/connect.ts';
import type { Purpose } from '../../terms/purpose.ts';

/** What the stage is given; apps/ composes it from assessment and release. */
export type ExceptionDeps = {
  readonly db: Database;
  readonly appendEvents: typeof appendEvents;
  readonly policy: (db: Queryable) => Promise<PolicyInForce>;
  /** Judges what decisions bear on again; no patient, nor a version of none, is asked for twice. @returns the versions that were looked at, by place */
  readonly judgeAgain: (tx: Tx, asked: readonly { source: number; patient: string; versions?: readonly string[]; decision: string }[], policy: PolicyInForce) => Promise<string[][]>;
  /** Feed entries for what the verdicts now let go. */
  readonly release: (tx: Tx, decided: readonly { versions: readonly string[]; decision: string }[]) => Promise<unknown>;
  /** Takes back the versions for the purposes, where they are out. */
  readonly retract: (tx: Tx, taken: readonly { versions: readonly string[]; purposes: readonly Purpose[] }[], why: 'reversed' | 'kept-out') => Promise<unknown>;
  readonly beat: () => void;
};
