import Type, { type Static } from 'typebox';
import { Count, Instant, orNull, PurposeName } from './words.ts';

export const Feed = Type.Object({
  name: Type.String(), purpose: PurposeName,
  types: orNull(Type.Array(Type.String())), sources: orNull(Type.Array(Type.String())),
  entries: Count, lastSequence: orNull(Type.String()), lastAt: orNull(Instant), consumers: Count,
});
const Reader = Type.Object({
  feed: Type.String(), consumer: Type.String(), purpose: PurposeName, upTo: orNull(Type.String()), at: orNull(Instant),
  behind: Type.Integer({ minimum: 0, description: 'Entries that it was not given yet, counted up to 10,000.' }),
});
export const Feeds = Type.Object({ feeds: Type.Array(Feed), readers: Type.Array(Reader) });

export type Feed = Static<typeof Feed>;
export type Feeds = Static<typeof Feeds>;
