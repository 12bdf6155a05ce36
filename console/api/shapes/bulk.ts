import Type from 'typebox';
import { ViewGiven } from './acts.ts';
import { Count, PurposeName, RowId } from './words.ts';

const strict = { additionalProperties: false } as const;
const Because = Type.Enum(['identity', 'priority-1', 'ai', 'closed', 'being-decided', 'other-team', 'other-facility', 'unknown'], { type: 'string' });

export const BulkAsked = Type.Object({ exceptions: Type.Array(RowId, { minItems: 1, maxItems: 5000, uniqueItems: true }) }, strict);
export const BulkPreview = Type.Object({
  bulk: Type.String({ description: 'Names the preview in the decision.' }),
  cases: Type.Array(Type.Object({ exception: RowId, revision: Count, records: Count })),
  records: Count, purposes: Type.Array(PurposeName, { description: 'Purposes for which all of them wait.' }),
  left: Type.Array(Type.Object({ exception: RowId, because: Because }), { description: 'Cases that cannot be decided together, and why.' }),
  mustOpen: Type.Array(Type.Object({ exception: RowId, version: RowId, type: Type.String(), id: Type.String() }), { description: 'Records chosen at random: each is to be opened first.' }),
});
const { revision: _revision, scope: _scope, ...fields } = ViewGiven.properties;
export const BulkGiven = Type.Object({ bulk: Type.String({ format: 'uuid' }), view: Type.Object(fields, strict) }, strict);
export const BulkDone = Type.Object({
  done: Count, refused: Type.Array(Type.Object({ exception: RowId, code: Type.String() })),
});
