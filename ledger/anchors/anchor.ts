import type { Checkpoint } from '../verify/checkpoint.ts';

/** A place outside the database that remembers checkpoints, so that not even the database's owner can rewrite history unseen. */
export type Anchor = {
  readonly name: string;
  /** The newest checkpoint of this origin that the place remembers; undefined where it has none or cannot be asked. */
  readonly newest: (origin: string) => Promise<Checkpoint | undefined>;
  /**
   * Remembers the checkpoint, for good, before it resolves. A repeated call changes nothing.
   * @param prove RFC 6962 consistency proof from an older size to the checkpoint's
   * @returns signature lines that the place adds; '' for none
   */
  readonly put: (checkpoint: { note: string; size: number }, prove: (older: number) => Promise<Buffer[]>) => Promise<string>;
};
