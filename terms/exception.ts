import type { Decision, View } from './decision.ts';
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

/** Whose turn it is: the clocks count by this. */
export const turns = ['us', 'second-person', 'governor', 'clinician', 'source'] as const;
export type Turn = (typeof turns)[number];

/** What somebody else was asked for. */
export type CaseTask = { readonly task: string; readonly of: 'clinician' | 'source' | 'identity'; readonly kind: 'evidence' | 'chart-correction' | 'identity' };

/** A case as its acts have made it. */
export type CaseState = Pick<ExceptionCase, 'exception' | 'state' | 'revision' | 'priority' | 'owner' | 'dueAt' | 'waits'> & {
  readonly assignee?: string;
  readonly escalated: boolean;
  /** The one extension of a statutory term is used. */
  readonly extended: boolean;
  readonly reminded: boolean;
  /** Views given and not yet made a decision: one waits for a second person, two that differ for a governor. */
  readonly views: readonly (View & { readonly by: string })[];
  /** Decided, within the undo window. */
  readonly pending?: Decision;
  /** Decisions that have effect, oldest first. */
  readonly effective: readonly Decision[];
  readonly tasks: readonly CaseTask[];
};

export const turnOf = (state: CaseState): Turn => {
  if (state.pending === undefined && state.views.length === 1) return 'second-person';
  if (state.pending === undefined && state.views.length > 1) return 'governor';
  const [asked] = state.tasks;
  if (asked === undefined) return 'us';
  return asked.of === 'clinician' ? 'clinician' : 'source';
};
