import Type, { type Static } from 'typebox';
import { Count, Instant, orNull, PurposeName } from './words.ts';

export const Feed = Type.Object({
  name: Type.String(), purpose: PurposeName,
  types: orNull(Type.Array(Type.String())), sources: orNull(Type.Array(Type.String())),
  entries: Count, lastSequence: orNull(Type.String()), lastAt: orNull(Instant), consumers: Count,
});
export const Feeds = Type.Object({ feeds: Type.Array(Feed) });

export type Feed = Static<typeof Feed>;
export type Feeds = Static<typeof Feeds>;
