import Type from 'typebox';
import { SignatureGiven, Words } from './acts.ts';
import { Count, Instant, orNull, PurposeName, RowId, SourceName } from './words.ts';

const counted = {
  numerator: Count, denominator: Count, piqiScore: Count, criticalFailureCount: Count, weightedNumerator: Count, weightedDenominator: Count, weightedPIQIScore: Count,
};
const Score = Type.Object(counted, { description: 'What could not be checked counts in neither number; names as the ballot of HL7 PIQI’s Edition 2 has them. Edition 1’s document: /api/scores/piqi.' });
export const Scores = Type.Object({
  runs: Type.Array(Type.Object({
    run: RowId, at: Instant, all: Score,
    byType: Type.Array(Type.Object({ ...counted, type: Type.String(), resources: Count })),
    byDimension: Type.Array(Type.Object({ ...counted, dimension: Type.String() })),
    byCategory: Type.Array(Type.Object({ ...counted, category: Type.String() })),
    byRule: Type.Array(Type.Object({ ...counted, rule: Type.String() }), { description: 'Rules that failed anywhere, those with most failures first.' }),
  }), { description: 'Newest first.' }),
});

export const Alarms = Type.Object({
  alarms: Type.Array(Type.Object({
    id: RowId, source: SourceName, run: RowId, rule: Type.String(), at: Instant, says: Type.String(),
    subject: Type.String({ description: 'What left its band: a type, a code, a unit, a model.' }), seenBy: orNull(Type.String()),
  }), { description: 'Newest first.' }),
});

const Body = Type.Object({}, { additionalProperties: true, description: 'As fhir-profiles/policy/schema.json has it.' });
const OutcomeName = Type.Enum(['release', 'release-with-flags', 'hold', 'exclude'], { type: 'string' });
const Trial = Type.Object({
  looked: Count, changed: Count,
  changes: Type.Array(Type.Object({ rule: Type.String(), type: Type.String(), purpose: PurposeName, from: OutcomeName, to: OutcomeName, versions: Count, released: Count })),
}, { description: 'What it would change of what is stored; null until a worker has tried it.' });
export const NewProposal = Type.Object({ body: Body, because: Words }, { additionalProperties: false });
export const Proposed = Type.Object({ proposal: RowId });
export const Signed = Type.Object({ signature: SignatureGiven }, { additionalProperties: false });

const firstBy = orNull(Type.String({ description: 'Who was for it first, where no person had proposed it.' }));

export const Policies = Type.Object({
  inForce: orNull(Type.Object({ id: Count, body: Body, hash: Type.String(), by: Type.String(), at: Instant, firstBy })),
  before: Type.Array(Type.Object({ id: Count, hash: Type.String(), by: Type.String(), at: Instant, firstBy }), { description: 'Newest first.' }),
  proposals: Type.Array(Type.Object({
    id: RowId, rule: orNull(Type.String()), because: Type.String(), by: Type.String(), at: Instant, body: Body,
    trial: orNull(Trial), first: orNull(Type.Object({ at: orNull(Instant), by: orNull(Type.String()) }, { description: 'The first of two people is for it. Who, is kept from the second until he has spoken, where two decide blind.' })),
  }), { description: 'That wait for a second person, newest first.' }),
});

export const Models = Type.Object({
  models: Type.Array(Type.Object({
    model: Type.String(), by: Type.String(), at: Instant,
    entry: orNull(Type.Object({}, { additionalProperties: true, description: 'As fhir-profiles/own/model-registry.schema.json has it; null: off the registry.' })),
    gaps: Type.Array(Type.String(), { description: 'HTI-1 source attributes, 45 CFR 170.315(b)(11)(iv), that the entry does not state.' }),
  })),
});
