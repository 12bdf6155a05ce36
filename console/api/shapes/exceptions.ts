import Type, { type Static } from 'typebox';
import { turns } from '../../../terms/exception.ts';
import { Subject } from './people.ts';
import { Count, Instant, Line, orNull, PurposeName, RowId, SourceName } from './words.ts';

export const OwnerName = Type.Enum(['registration', 'mapping', 'documentation', 'coding', 'identity', 'ai', 'privacy'], { type: 'string' });
export const PriorityNumber = Type.Enum([1, 2, 3, 4, 5], { type: 'integer' });

export const TurnName = Type.Enum(turns, { type: 'string', description: 'Whose turn it is.' });
/** `assignee` may be `me` (with those whom the reader stands in for) or `nobody`. */
export const QueueFilter = Type.Object({
  source: Type.Optional(SourceName), rule: Type.Optional(Line),
  priority: Type.Optional(PriorityNumber),
  owner: Type.Optional(OwnerName), purpose: Type.Optional(PurposeName),
  type: Type.Optional(Type.String({ pattern: '^[A-Z][A-Za-z]{1,63}$', description: 'Resource type of a record in it.' })),
  model: Type.Optional(Line),
  assignee: Type.Optional(Line), turn: Type.Optional(TurnName),
  due: Type.Optional(Type.Enum(['late', 'today', 'week'], { type: 'string', description: 'Due before now, within a day, within seven.' })),
  age: Type.Optional(Type.Enum(['0-2', '3-7', '8-14', '15-30', 'over-30'], { type: 'string', description: 'Days since it was opened.' })),
}, { additionalProperties: false });

export const Exception = Type.Object({
  id: RowId, source: SourceName, rule: Type.String(),
  cause: Type.String({ description: 'Tells the cases of one rule apart: a code and unit, an element, a department.' }),
  title: Type.String(), why: Type.String(),
  says: Type.String({ description: 'What is wrong, in one sentence, without a value from a record.' }),
  priority: PriorityNumber, owner: OwnerName,
  reach: Type.Enum(['version', 'patient'], { type: 'string' }),
  retraction: Type.Boolean({ description: 'Its records were released already: they may have to be taken back.' }),
  assignee: orNull(Subject), turn: TurnName, escalated: Type.Boolean(),
  effectAt: orNull(Instant),
  state: Type.Enum(['open', 'closed'], { type: 'string' }),
  closedBy: orNull(Type.String()), revision: Count,
  openedAt: Instant, dueAt: Instant, closedAt: orNull(Instant),
  records: Type.Integer({ minimum: 0, description: 'Resource versions in it.' }),
  waits: Type.Array(PurposeName),
});

export const Exceptions = Type.Object({
  exceptions: Type.Array(Exception),
  next: orNull(Type.String({ description: '`after` of the next page.' })),
});

const Tally = Type.Array(Type.Object({ value: Type.String(), label: Type.String(), exceptions: Count, late: Count }));
export const QueueCounts = Type.Object({
  matching: Type.Integer({ minimum: 0, description: 'Open cases that fit the filter.' }),
  open: Type.Integer({ minimum: 0, description: 'All open cases.' }),
  late: Type.Integer({ minimum: 0, description: 'Open cases past their due date that fit the filter.' }),
  sources: Tally, rules: Tally, priorities: Tally, owners: Tally, assignees: Tally, turns: Tally,
  types: Type.Array(Type.String(), { description: 'Resource types of the sources’ records.' }), models: Type.Array(Type.String(), { description: 'Models whose content waits.' }),
  groups: Type.Object({ source: Tally, rule: Tally, priority: Tally, owner: Tally, assignee: Tally, turn: Tally }, { description: 'How those that fit the filter divide.' }),
});

export const Member = Type.Object({
  version: RowId, type: Type.String(), id: Type.String({ description: 'Logical id at the source.' }), ordinal: Count,
  versionId: orNull(Type.String()), run: RowId, landedAt: Instant,
  state: Type.String(), purposes: Type.Array(PurposeName),
  says: orNull(Type.String()), expression: orNull(Type.String()),
  evidence: Type.Array(Type.Object({
    version: Type.Optional(Type.String()), expression: Type.String(),
    role: Type.Optional(Type.Enum(['for', 'against', 'context'], { type: 'string' })),
    of: Type.Optional(Type.Object({ type: Type.String(), id: Type.String(), ordinal: Count }, { description: 'The resource of another version that it names.' })),
  }), { description: 'Places in versions; never what stands there.' }),
});

export const ExceptionDetail = Type.Interface([Exception], {
  sources: Type.Array(Type.String(), { description: 'What the rule encodes.' }),
  notLookedAt: Type.Array(Type.String(), { description: 'What could not be checked of its records.' }),
  members: Type.Array(Member),
  next: orNull(Type.String({ description: '`after` of the next page of members.' })),
});

export type QueueFilter = Static<typeof QueueFilter>;
export type Exception = Static<typeof Exception>;
export type Exceptions = Static<typeof Exceptions>;
export type QueueCounts = Static<typeof QueueCounts>;
export type Member = Static<typeof Member>;
export type ExceptionDetail = Static<typeof ExceptionDetail>;
