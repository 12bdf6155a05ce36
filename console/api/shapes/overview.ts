import Type, { type Static } from 'typebox';
import { Day } from './people.ts';
import { Count, PurposeName } from './words.ts';

export const Pictures = Type.Object({
  days: Type.Array(Day, { description: 'The days counted, oldest first; the last is today.' }),
  waiting: Type.Array(Type.Object({
    age: Type.Enum(['0-2', '3-7', '8-14', '15-30', 'over-30'], { type: 'string' }), due: Type.Enum(['late', 'today', 'week', 'later'], { type: 'string' }), cases: Count,
  }), { description: 'Open cases by age in days and due date; what has none is left out.' }),
  released: Type.Array(Type.Object({ day: Day, purpose: PurposeName, entries: Count }), { description: 'Releases by day and purpose.' }),
});
export type Pictures = Static<typeof Pictures>;
