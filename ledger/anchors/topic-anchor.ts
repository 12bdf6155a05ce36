import { parseCheckpoint, type Checkpoint } from '../verify/checkpoint.ts';
import type { Anchor } from './anchor.ts';

/** A topic of a message log that forgets nothing; its client is the caller's. */
export type Topic = { readonly name: string; append(value: string): Promise<void>; values(): Promise<readonly string[]> };

/** Checkpoints in a topic, each a message. Let the database's owner have no right to write or delete there. */
export const topicAnchor = (topic: Topic): Anchor => ({
  name: `topic ${topic.name}`,
  // A broker that is away does not hold the ledger up; `put` says that it is away.
  newest: async (origin) => (await checkpointsIn(topic).catch(() => [])).filter((one) => one.origin === origin).at(-1),
  async put({ note }) {
    if (!(await topic.values()).includes(note)) await topic.append(note);
    return '';
  },
});

/** Every checkpoint in the topic, oldest first; what is none is passed over. */
export const checkpointsIn = async (topic: Topic): Promise<Checkpoint[]> => (await topic.values()).flatMap((note) => parseCheckpoint(note) ?? []);
