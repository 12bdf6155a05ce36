import Type from 'typebox';
import { choices, rootCauses, validities } from '../../../terms/decision.ts';
import { TurnName } from './exceptions.ts';
import { Subject } from './people.ts';
import { Count, Instant, orNull, PurposeName, RowId } from './words.ts';

const SignatureShown = Type.Object({ name: Type.String(), credential: Type.String(), at: Instant, meaning: Type.String() });

export const DecisionShown = Type.Object({
  decision: Type.String(), state: Type.Enum(['pending', 'effective', 'undone', 'superseded', 'reversed'], { type: 'string' }),
  settled: Type.Boolean({ description: 'What it let go is in the feeds, what it took back is retracted.' }),
  disposition: Type.Enum(choices, { type: 'string' }), validity: Type.Enum(validities, { type: 'string' }), rootCause: Type.Enum(rootCauses, { type: 'string' }),
  purposes: Type.Array(PurposeName), reason: Type.String(), scope: Type.String(), expiresAt: orNull(Instant), revision: Count,
  by: Subject, secondBy: orNull(Subject),
  second: orNull(Type.Object({ reason: Type.String(), signature: orNull(SignatureShown) }, { description: 'The view of who agreed.' })), at: Instant, effectAt: Instant, signature: orNull(SignatureShown),
});

export const CaseHistory = Type.Object({
  turn: TurnName,
  needsTwo: Type.Boolean({ description: 'A decision as usual (the members, not beyond) needs a second person and signatures.' }),
  blind: Type.Boolean({ description: 'Another person gave a first view: its words are hidden until the reader gave his own.' }),
  mine: Type.Boolean({ description: 'The reader has given a view that waits for another person.' }),
  canUndoUntil: orNull(Instant),
  events: Type.Array(Type.Object({
    n: Count, kind: Type.String(), by: orNull(Subject), byName: orNull(Type.String()), at: Instant,
    text: orNull(Type.String({ description: 'What the person wrote.' })),
    to: orNull(Subject), decision: orNull(Type.String()), task: orNull(Type.String()), hidden: Type.Boolean(),
  })),
  decisions: Type.Array(DecisionShown),
  tasks: Type.Array(Type.Object({
    task: Type.String(), kind: Type.String(), of: Type.String(), text: Type.String(), state: Type.String(), askedAt: Instant, doneAt: orNull(Instant),
    sentAt: orNull(Instant), tries: Type.Integer({ minimum: 0, description: 'Of telling the source, since it was last told.' }),
  })),
  overtaken: Type.Array(Type.Object({ version: RowId, type: Type.String(), id: Type.String(), newer: RowId, deletion: Type.Boolean(), at: Instant }),
    { description: 'Records that a newer version overtook while the case was open: they are no longer part of it.' }),
  clocks: Type.Object({
    gross: Type.Number({ description: 'Working hours since it was opened.' }), net: Type.Number({ description: 'Working hours that were ours.' }),
    clinician: Type.Number(), source: Type.Number(), calendarDays: Count, statutoryDueAt: Instant,
  }),
  precision: orNull(Type.Object({ right: Count, of: Count, low: Type.Number(), high: Type.Number() }, { description: 'How often people found the rule right in 90 days, with Wilson’s 95% interval; hidden while the reader is blind.' })),
  consumers: Type.Array(Type.Object({ consumer: Type.String(), purpose: Type.String(), retractions: Count, read: Count, acknowledged: Count, since: orNull(Instant) },
    { description: 'Who had read what was taken back since; how much of that each has read and acknowledged; since when the oldest waits for that. Silence is told to the privacy officers, then to the governors.' })),
});
