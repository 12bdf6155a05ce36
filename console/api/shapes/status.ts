import Type, { type Static } from 'typebox';

export const Part = Type.Object({
  part: Type.String(),
  state: Type.Enum(['up', 'down', 'absent'], { type: 'string' }),
  address: Type.Optional(Type.String()), detail: Type.Optional(Type.String()),
});
export const Status = Type.Object({
  healthy: Type.Boolean({ description: 'No part is down.' }),
  parts: Type.Array(Part),
});

export type Part = Static<typeof Part>;
export type Status = Static<typeof Status>;
