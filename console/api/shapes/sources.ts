import Type, { type Static } from 'typebox';
import { Count, Instant, orNull, RowId, SourceName } from './words.ts';
import { RunPhaseName, RunStateName } from './runs.ts';

export const Source = Type.Object({
  name: SourceName,
  kind: Type.Enum(['bulk', 'search', 'files'], { type: 'string' }),
  address: orNull(Type.String({ description: 'Where it pulls from; no credentials.' })),
  createdAt: Instant,
  lastRun: orNull(Type.Object({
    id: RowId, state: RunStateName, phase: RunPhaseName, startedAt: Instant, finishedAt: orNull(Instant),
  })),
  lastGoodAt: orNull(Instant),
  resources: Count,
  waiting: Type.Integer({ minimum: 0, description: 'Open cases in the work queue.' }),
});
export const Sources = Type.Object({ sources: Type.Array(Source) });
export const RunStarted = Type.Object({ startedBy: Type.String({ description: 'Temporal’s run id.' }) });

export type Source = Static<typeof Source>;
export type Sources = Static<typeof Sources>;
export type RunStarted = Static<typeof RunStarted>;
