import type { Database, Tx } from '../../storage/connect.ts';
import { partition } from '../../storage/partitions.ts';
import { finishReleasing, headsToRelease } from '../../storage/release.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Purpose } from '../../terms/purpose.ts';
import { nothing, releaseChunk, retractChunk, type AppendEvents, type ReleaseCounts } from './chunk.ts';

/** Versions a transaction: what a lock is held for stays short, what a commit costs is shared. */
const VERSIONS_A_CHUNK = 400;

type Deps = {
  readonly db: Database;
  readonly appendEvents: AppendEvents;
  /** Told after each chunk: an activity's heartbeat. */
  readonly progress?: (done: number, of: number) => void;
};

/** Ids in, counts of feed entries out; a repeated call changes nothing. */
export const createReleaseActivities = ({ db, appendEvents, progress }: Deps) => {
  async function inChunks(versions: readonly string[], work: (tx: Tx, chunk: readonly string[]) => Promise<ReleaseCounts>): Promise<ReleaseCounts> {
    let counts = nothing;
    for (let at = 0; at < versions.length; at += VERSIONS_A_CHUNK) {
      const chunk = versions.slice(at, at + VERSIONS_A_CHUNK);
      counts = sum(counts, await db.transaction((tx) => work(tx, chunk)));
      progress?.(at + chunk.length, versions.length);
    }
    return counts;
  }
  return {
    /** Everything of an assessed partition that its verdicts let go. */
    async releasePartition(id: string): Promise<ReleaseCounts> {
      const found = await partition(db, id);
      if (found === undefined) throw new AssayError('ASSAY_PARTITION_UNKNOWN', `partition ${id}`);
      const counts = await inChunks(await headsToRelease(db, found), (tx, chunk) =>
        releaseChunk(tx, appendEvents, chunk, { run: found.run, body: { run: found.run, partition: id } }));
      await finishReleasing(db, id);
      return counts;
    },
    /** Versions whose verdict a decision has changed (contract 16: the second transaction). */
    releaseDecided: (versions: readonly string[]): Promise<ReleaseCounts> =>
      inChunks(versions, (tx, chunk) => releaseChunk(tx, appendEvents, chunk, { body: { because: 'decided' }, decided: true })),
    /** A signed reversal or an erasure: the versions are taken back where they are out. */
    retractVersions: (versions: readonly string[], purposes: readonly Purpose[], reason: 'reversed' | 'erased' | 'kept-out'): Promise<ReleaseCounts> =>
      inChunks(versions, (tx, chunk) => retractChunk(tx, appendEvents, chunk, purposes, reason)),
  };
};
export type ReleaseActivities = ReturnType<typeof createReleaseActivities>;

const sum = (a: ReleaseCounts, b: ReleaseCounts): ReleaseCounts =>
  ({ released: a.released + b.released, retracted: a.retracted + b.retracted, stale: a.stale + b.stale });
