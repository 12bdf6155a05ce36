import Type from 'typebox';
import { OwnerName } from './exceptions.ts';
import { Count, Instant, orNull, PurposeName, RowId, SourceName } from './words.ts';

export const Lineage = Type.Object({
  steps: Type.Array(Type.Object({
    at: Instant, step: Type.Enum(['received', 'deleted', 'assessed', 'held', 'decided', 'released', 'retracted', 'stale', 'consumed', 'opened'], { type: 'string' }),
    type: Type.String(), id: Type.String(), version: RowId, ordinal: Count, run: orNull(RowId), exception: orNull(RowId), rule: orNull(Type.String()),
    purposes: orNull(Type.Array(PurposeName)), consumer: orNull(Type.String()), person: orNull(Type.String()), sequence: orNull(Type.String()), detail: orNull(Type.String()),
  }), { description: 'Newest first.' }),
});

const Precision = Type.Object({ right: Count, of: Count, low: Type.Number(), high: Type.Number() });
export const Rules = Type.Object({
  rules: Type.Array(Type.Object({
    rule: Type.String(), title: Type.String(), why: Type.String(), owner: orNull(OwnerName), sources: Type.Array(Type.String()),
    open: Count, late: Count, records: Count, openedLastWeek: Count, openedWeekBefore: Count, precision: orNull(Precision),
  })),
});

export const Suspension = Type.Object({ model: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$', description: 'Its id in the registry.' }) }, { additionalProperties: false });
export const Oversight = Type.Object({
  registry: Type.Array(Type.Object({
    model: Type.String(), name: Type.String(), versions: Type.Array(Type.String()), intendedUse: Type.String(), verification: Type.String(),
    approvedFrom: Type.String(), approvedUntil: orNull(Type.String()), approvedBy: Type.String(), approved: Type.Boolean({ description: 'What it asserts now is within its approval.' }),
  })),
  models: Type.Array(Type.Object({
    model: Type.String(), open: Count, records: Count, decided: Count, overridden: Count, decidedBefore: Count, overriddenBefore: Count,
    low: Type.Number(), high: Type.Number(),
    attention: Type.Enum(['none', 'too-high', 'too-low'], { type: 'string', description: 'Overridden so often that the model or the rule is wrong; or so seldom, of many, that people may only be nodding.' }),
  })),
});

export const Released = Type.Object({
  total: Count,
  records: Type.Array(Type.Object({ source: SourceName, type: Type.String(), id: Type.String(), version: RowId, purposes: Type.Array(PurposeName), at: Instant }), { description: 'Newest first, 200 at most.' }),
});

export const Packet = Type.Object({
  madeAt: Instant, question: Type.Object({ exception: RowId, source: SourceName, rule: Type.String(), title: Type.String(), why: Type.String(), says: Type.String(), cause: Type.String(), openedAt: Instant, closedAt: orNull(Instant), closedBy: orNull(Type.String()) }),
  rule: Type.Object({ rule: Type.String(), versions: Type.Array(Count), sources: Type.Array(Type.String()) }),
  evidence: Type.Array(Type.Object({ version: RowId, type: Type.String(), id: Type.String(), ordinal: Count, hash: Type.String({ description: 'SHA-256 of the bytes as received.' }), state: Type.String() })),
  opened: Type.Array(Type.Object({ person: Type.String(), version: RowId, at: Instant, shown: Type.String({ description: 'SHA-256 of what was shown.' }) })),
});
