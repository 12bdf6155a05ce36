import Type from 'typebox';
import { validities } from '../../../terms/decision.ts';
import { Words } from './acts.ts';
import { Day, Subject } from './people.ts';
import { Count, orNull, RowId, SourceName } from './words.ts';

const strict = { additionalProperties: false } as const;
/** A share with Wilson's 95% interval, 0 to 1. */
const Share = { low: Type.Number(), high: Type.Number() };
const ValidityName = Type.Enum(validities, { type: 'string' });

export const Quality = Type.Object({
  settledByMachine: Type.Object({ machine: Count, of: Count, days: Count }, { description: 'Records that no person had to look at. Never shown without the escape rate.' }),
  escape: Type.Object({
    escaped: Count, reviewed: Count, drawn: Count, records: Count, known: Type.Boolean(), share: orNull(Type.Number()), covered: Type.Number(), ...Share,
  }, { description: 'Of the newest sample: how many were released with nothing found against them, and had something wrong. `records`: all such of the period, those that the sample was drawn from; what was flagged, held or decided by a person is not among them. The share is that of all of them: each stratum is weighed by the records that it stands for, the interval is put together from the strata’s own (Zou, Huang and Zhang 2009). `covered`: the part of the records whose strata somebody has looked at. `known`: whether the share may be named, and with it what the machine settled: every stratum was looked at, and half of the interval is no wider than 0.05.' }),
  agreement: orNull(Type.Object({ pairs: Count, agreement: Type.Number(), ac1: Type.Number() }, { description: 'Second looks: raw agreement on validity and Gwet’s AC1.' })),
  samples: Type.Array(Type.Object({
    sample: RowId, from: Day, until: Day, seed: Type.String(), source: SourceName, type: Type.String(), author: Type.Enum(['human', 'ai'], { type: 'string' }),
    drawn: Count, reviewed: Count, escaped: Count, records: Count, ...Share,
  })),
});
export const NewSample = Type.Object({ from: Day, until: Day, seed: Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }), size: Type.Integer({ minimum: 1, maximum: 500 }) }, strict);
export const SampleDrawn = Type.Object({ sample: RowId, size: Count });
export const Items = Type.Object({
  items: Type.Array(Type.Object({
    item: RowId, asks: Type.Enum(['anything-wrong', 'validity'], { type: 'string' }), title: Type.String(), says: Type.String(), source: orNull(SourceName), type: orNull(Type.String()),
    records: Type.Array(Type.Object({ n: Count, type: Type.String() })),
  })),
  waiting: Count,
});
export const ItemAnswer = Type.Object({ wrong: Type.Optional(Type.Boolean()), validity: Type.Optional(ValidityName), reason: Words }, strict);
export const RecordText = Type.Object({ type: Type.String(), text: Type.String() });
export const Mine = Type.Object({
  person: Subject, days: Count,
  knownAnswers: Type.Object({ hits: Count, of: Count }),
  work: Type.Array(Type.Object({ rule: Type.String(), title: Type.String(), decided: Count, medianMinutes: orNull(Type.Number()), reopened: Count, secondLooked: Count, agreed: Count })),
});
export const NewKnownAnswer = Type.Object({
  rule: Type.String({ pattern: '^[a-z][a-z0-9/-]{1,100}$' }), says: Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\u0000]*$' }), type: Type.String({ pattern: '^[A-Z][A-Za-z]{1,63}$' }),
  text: Type.String({ minLength: 2, maxLength: 100_000, pattern: '^[^\\u0000]*$', description: 'Synthetic FHIR JSON.' }), validity: ValidityName,
}, strict);
