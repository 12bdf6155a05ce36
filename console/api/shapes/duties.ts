import Type, { type Static } from 'typebox';
import { Count, Instant, orNull, RowId } from './words.ts';

const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' });
/** In words: stays in the store, hashed. */
const Words = Type.String({ minLength: 1, maxLength: 4_000, pattern: '^[^\\u0000]*$' });
const OfPatient = { source: Name, patient: Name };
const closed = { additionalProperties: false };

const taking = {
  what: Type.Enum(['version', 'patient', 'run', 'rule', 'model'], { type: 'string' }),
  named: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$', description: 'The version’s or run’s number, the rule’s id, the patient’s or the model’s Device’s id at the source.' }),
  source: Type.Optional(Name),
};
export const Taking = Type.Object(taking, closed);
export const TakingDecided = Type.Object({ ...taking, because: Words, previewed: Type.Integer({ minimum: 1, description: 'How many versions the preview named.' }) }, closed);
const readers = Type.Array(Type.Object({ consumer: Type.String(), entries: Count }), { description: 'Consumers that were given entries which stand.' });
export const Reach = Type.Object({ versions: Count, patients: Count, entries: Count, readers });
export const Begun = Type.Object({ retraction: RowId, versions: Count });

const named = Type.Optional(Type.Array(Name, { maxItems: 100, description: 'Consumers that the patient named.' }));
export const AmendmentAsked = Type.Object({
  ...OfPatient, says: Words, named,
  records: Type.Array(Type.String({ pattern: '^([A-Za-z]{1,64}/[A-Za-z0-9.-]{1,64}|\\d{1,18})$' }), { minItems: 1, maxItems: 100, description: '`Type/id` for the newest version, or a version’s number.' }),
}, closed);
export const AmendmentAnswered = Type.Object({ step: Type.Enum(['accepted', 'denied', 'statement-of-disagreement', 'rebuttal'], { type: 'string' }), says: Words, named }, closed);
export const Told = Type.Object({ id: RowId, told: Count });

export const HoldPlaced = Type.Object({ ...OfPatient, because: Words }, closed);
export const HoldLifted = Type.Object(OfPatient, closed);
export const Lifted = Type.Object({ lifted: Count });
export const ScheduleSet = Type.Object({ name: Name, years: Type.Integer({ minimum: 0, maximum: 200 }), because: Words }, closed);

export const DestructionLooked = Type.Object({ ...OfPatient, schedule: Name }, closed);
export const DestructionReach = Type.Object({
  versions: Count, newest: orNull(Instant), held: Type.Boolean({ description: 'A legal hold is on the record.' }), over: Type.Boolean({ description: 'The schedule’s time is over.' }), entries: Count, readers,
});
export const DestructionDecided = Type.Object({ ...OfPatient, schedule: Name, because: Words }, closed);
export const Certificate = Type.Object({ certificate: RowId, versions: Count, retracted: Count });

export const RecipientDescribed = Type.Object({
  consumer: Name, legalName: Words, address: Words, relation: Type.Enum(['internal-use', 'disclosure'], { type: 'string' }), purpose: Words, legalBasis: Words, agreement: Type.String({ maxLength: 4_000 }),
}, closed);
export const SuspensionAsked = Type.Object({
  consumer: Name, source: Type.Optional(Name), patient: Type.Optional(Name), because: Words, until: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }), written: Type.Boolean({ description: 'The agency’s statement is in writing; else 30 days at most.' }),
}, closed);
export const Numbered = Type.Object({ id: RowId });

export type Reach = Static<typeof Reach>;
export type Begun = Static<typeof Begun>;
export type Told = Static<typeof Told>;
export type DestructionReach = Static<typeof DestructionReach>;
export type Certificate = Static<typeof Certificate>;
