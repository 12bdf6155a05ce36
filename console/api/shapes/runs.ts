import Type, { type Static } from 'typebox';
import { Count, Instant, orNull, PurposeName, RowId, SourceName } from './words.ts';

export const RunStateName = Type.Enum(['running', 'completed', 'completed-with-errors', 'failed', 'cancelled', 'held'], { type: 'string' });
export const RunPhaseName = Type.Enum(['extract', 'land', 'hydrate', 'barrier', 'assess', 'release', 'close', 'done'], { type: 'string' });

/** An error of the catalogue in words. */
export const Trouble = Type.Object({ code: Type.String(), says: Type.String(), doThis: Type.String() });

export const Run = Type.Object({
  id: RowId, source: SourceName, state: RunStateName, phase: RunPhaseName,
  startedAt: Instant, finishedAt: orNull(Instant),
  received: Count, quarantined: Count,
  failedTypes: Type.Array(Type.String()),
  trouble: orNull(Trouble),
});

export const Runs = Type.Object({
  runs: Type.Array(Run),
  next: orNull(Type.String({ description: '`before` of the next page.' })),
});

export const RunType = Type.Object({
  type: Type.String({ description: 'Empty where a file was announced for no one type.' }),
  state: orNull(Type.Enum(['extracting', 'done', 'failed'], { type: 'string' })),
  files: Count, filesDone: Count, received: Count, landed: Count, deleted: Count, unchanged: Count, quarantined: Count,
  trouble: orNull(Trouble),
});

export const Reconciliation = Type.Object({
  received: Type.Object({ exported: Count, hydrated: Count, deletions: Count, skipped: Count }),
  became: Type.Object({
    landed: Count, unchanged: Count, quarantined: Count, deletionsApplied: Count, deletionsUnknown: Count, skipped: Count,
  }),
  purposes: Type.Array(Type.Object({
    purpose: PurposeName, released: Count, held: Count, excluded: Count, superseded: Count,
    undecided: Type.Integer(),
  })),
  balances: Type.Boolean(),
}, { description: 'From rows: received = became, and landed = released + held + excluded + superseded for each purpose.' });

export const RunDetail = Type.Interface([Run], {
  asOf: Instant, transactionTime: orNull(Instant),
  detail: orNull(Type.String({ description: 'For engineers.' })),
  files: Type.Object({ total: Count, done: Count, failed: Count }),
  partitions: Type.Object({ total: Count, assessed: Count, released: Count }),
  types: Type.Array(RunType),
  quarantine: Type.Array(Type.Object({ lines: Count, trouble: Trouble })),
  reconciliation: Reconciliation,
});

export type Trouble = Static<typeof Trouble>;
export type Run = Static<typeof Run>;
export type Runs = Static<typeof Runs>;
export type RunType = Static<typeof RunType>;
export type Reconciliation = Static<typeof Reconciliation>;
export type RunDetail = Static<typeof RunDetail>;
