import Type, { type Static } from 'typebox';
import { Count, Instant, orNull } from './words.ts';

const Given = Type.Optional(Type.String({ maxLength: 200 }));
export const QuestionGiven = Type.Object({
  source: Given, patient: Given, version: Given, entry: Given, rule: Given, released: Given, failing: Given, model: Given, at: Given,
  recordedBy: Given, effectiveBy: Given, after: Given, person: Given, reason: Given, until: Given, schedule: Given,
}, { additionalProperties: false });

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 200 }));
export const ProofAsked = Type.Object({ source: Given, patient: Name, consumer: Name, viewer: Name, since: Type.Optional(Type.String({ maxLength: 40 })) }, { additionalProperties: false });

export const Answer = Type.Object({
  asks: Type.String(),
  columns: Type.Record(Type.String(), Type.String(), { description: 'Column → what it says, in words.' }),
  rows: Type.Array(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]))),
  leavesOut: Type.Array(Type.String(), { description: 'What the answer leaves out, and why.' }),
});

export const AuditState = Type.Object({
  origin: orNull(Type.String({ description: 'The log’s name.' })), size: Count, key: orNull(Type.String({ description: 'The key that signs, as a C2SP verifier key.' })),
  checkpoint: orNull(Type.Object({ size: Count, at: Instant, anchoredAt: orNull(Instant), note: Type.String() })),
  questions: Type.Array(Type.Object({ name: Type.String(), asks: Type.String(), needs: Type.Array(Type.String()), takes: Type.Array(Type.String()) })),
  parameters: Type.Record(Type.String(), Type.String()),
});

export const Proof = Type.Object({
  links: Count, checkpoint: Type.String(),
  older: orNull(Type.Object({ checkpoint: Type.String(), size: Count, at: Instant }, { description: 'The newest checkpoint that was signed until the date: the beginning of this one. Null: none was, or no date is given.' })),
  proof: Type.String({ description: 'JSON, as ledger/verify/answer-proof.ts has it: `assay audit verify FILE` checks it.' }),
});

export type ProofAsked = Static<typeof ProofAsked>;
export type Answer = Static<typeof Answer>;
export type AuditState = Static<typeof AuditState>;
export type Proof = Static<typeof Proof>;
