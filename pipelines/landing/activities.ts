import { AssayError, errors } from '../../terms/errors.ts';
import type { CoveredRow, EventBody, EventKind } from '../../terms/event.ts';
import type { Finding } from '../../terms/finding.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import type { Resource } from '../../terms/rule.ts';
import { sqlState, type Database, type Tx } from '../../storage/connect.ts';
import * as landing from '../../storage/landing.ts';
import { reserveIds } from '../../storage/reserve-ids.ts';
import { received } from '../../storage/stored-bytes.ts';
import { chunksOf } from './chunks.ts';
import { identify } from './identify.ts';
import { tallyChunk } from './tally.ts';
import { chunkRow, versionRow } from './covered-rows.ts';
import { keyOf, sha256, takeIn, type Named } from './versions.ts';

export type LandingDeps = {
  readonly db: Database;
  readonly openItems: (db: Database, file: string, from: { offset: number; line: number }) => AsyncIterable<SourceItem>;
  /** Profile and resource-scope integrity findings of the bytes; history-scope ones where there is a version before. */
  readonly check: (bytes: Uint8Array, resource: Resource, asOf: string, before: { resource: Resource; version: string } | undefined) => readonly Finding[];
  /** Fetches what `check` of these bytes needs to know from elsewhere, before the transaction: a terminology server's answers. */
  readonly prepare?: ((resources: readonly Uint8Array[]) => Promise<void>) | undefined;
  /** Row id of the rule set that `check` stands for. */
  readonly ruleSet: () => Promise<number>;
  readonly appendEvent: (tx: Tx, kind: EventKind, body: EventBody, covered: CoveredRow[]) => Promise<void>;
  /** Called for each chunk: a heartbeat that also throws when the activity was cancelled. */
  readonly beat: () => void;
  /** Milliseconds after which an activity hands back, so that its workflow can react; the next call goes on. */
  readonly slice?: number;
};

/** Another attempt of this activity landed the chunk meanwhile. */
class Overtaken extends Error {}

export const createLandingActivities = (deps: LandingDeps) => ({
  /**
   * Lands a file from where it stands. Each chunk is one transaction with the file's progress: a
   * repeated call goes on behind it.
   * @returns done false: call again
   */
  async landFile(fileId: string): Promise<{ done: boolean; landed: number }> {
    const file = await landing.fileToLand(deps.db, fileId);
    if (file === undefined || file.state !== 'pending') return { done: true, landed: 0 };
    const until = performance.now() + (deps.slice ?? 60_000);
    let landed = 0;
    try {
      const items = deps.openItems(deps.db, fileId, { offset: file.nextOffset, line: file.nextLine });
      let fromLine = file.nextLine;
      for await (const chunk of chunksOf(items)) {
        const count = await landChunk(deps, file, fromLine, chunk);
        if (count === undefined) return { done: false, landed };
        landed += count;
        fromLine = (chunk.at(-1)?.line ?? fromLine) + 1;
        deps.beat();
        if (performance.now() > until) return { done: false, landed };
      }
      await landing.finishFile(deps.db, fileId);
      return { done: true, landed };
    } catch (error) {
      if (!(error instanceof AssayError) || errors[error.code].retry) throw error;
      await deps.db.transaction((tx) => landing.failFile(tx, file, error.code, error.detail ?? null));
      return { done: true, landed };
    }
  },

  /** The workflow's retries are used up: the file is failed for good, and with it its type. */
  async giveUpFile(fileId: string, code: string): Promise<void> {
    const file = await landing.fileToLand(deps.db, fileId);
    if (file !== undefined) await deps.db.transaction((tx) => landing.failFile(tx, file, code, null));
  },
});

export type LandingActivities = ReturnType<typeof createLandingActivities>;

/** Two chunks that land one new resource at once meet in its unique index: the later one looks again. */
const RACES = 5;

/** @returns how many versions landed; undefined when another attempt was faster */
async function landChunk(deps: LandingDeps, file: landing.FileToLand, fromLine: number, chunk: readonly SourceItem[]): Promise<number | undefined> {
  const named: Named[] = [];
  const refused: { line: number; bytes: Uint8Array; code: string }[] = [];
  for (const item of chunk) {
    if (item.skip !== undefined) continue;
    if (item.deleted !== undefined) named.push({ item, deleted: item.deleted });
    else {
      const identified = identify(item.bytes, file.kind === 'hydrated' ? null : file.type, file.base);
      if (typeof identified === 'string') refused.push({ line: item.line, bytes: item.bytes, code: identified });
      else named.push({ item, identified, hash: sha256(item.bytes) });
    }
  }
  await deps.prepare?.(named.flatMap((one) => ('deleted' in one ? [] : [one.item.bytes])));
  const ruleSet = await deps.ruleSet();
  for (let race = 1; ; race++) {
    try {
      return await deps.db.transaction((tx) => saveChunk(deps, tx, file, fromLine, ruleSet, chunk, named, refused));
    } catch (error) {
      if (error instanceof Overtaken) return undefined;
      if (race === RACES || sqlState(error) !== '23505') throw error;
    }
  }
}

async function saveChunk(deps: LandingDeps, tx: Tx, file: landing.FileToLand, fromLine: number, ruleSet: number,
  chunk: readonly SourceItem[], named: readonly Named[], refused: readonly { line: number; bytes: Uint8Array; code: string }[]): Promise<number> {
  const last = chunk.at(-1);
  if (last === undefined) return 0;
  const keys = new Map(named.map((one) => 'deleted' in one ? one.deleted : one.identified).map(({ type, id }) => [keyOf(type, id), { type, id }]));
  const heads = await landing.lockHeads(tx, file.source, [...keys.values()]);
  const before = await changedHeads(tx, heads, named);
  const asOf = file.asOf.toISOString();
  const ids = await reserveIds(tx, 'version', named.length);
  const taken = takeIn(file, named, heads, ids, (version) => before.get(version),
    (resource, item, past) => deps.check(item.bytes, resource, asOf, past));
  const came = {
    fromLine, toLine: last.line, nextOffset: last.nextOffset, received: chunk.length,
    deletions: chunk.filter((item) => item.deleted !== undefined).length,
    skipped: chunk.filter((item) => item.skip !== undefined).length,
    unchanged: taken.unchanged, became: taken.became, grew: taken.grew,
  };
  const chunkId = await landing.advanceFile(tx, file, came);
  if (chunkId === undefined) throw new Overtaken();
  await landing.unhead(tx, taken.unheaded);
  await landing.landVersions(tx, file, ruleSet, taken.versions);
  await tallyChunk(tx, file, fromLine, named, taken.versions);
  await landing.quarantine(tx, file, refused);
  await landing.recordUnknownDeletions(tx, file, taken.unknown);
  await deps.appendEvent(tx, 'landed',
    { run: file.run, file: file.file, from: fromLine, to: last.line, quarantined: refused.length },
    [...taken.versions.map((version) => versionRow(file, version)), chunkRow(file, chunkId, came)]);
  return taken.versions.length;
}

/** The parsed bytes of the stored heads that an item of the chunk changes: the history rules read them. */
async function changedHeads(tx: Tx, heads: readonly landing.Head[], named: readonly Named[]): Promise<Map<string, Resource>> {
  const byKey = new Map(heads.map((head) => [keyOf(head.type, head.id), head]));
  const changed = named.flatMap((one) => {
    if ('deleted' in one) return [];
    const head = byKey.get(keyOf(one.identified.type, one.identified.id));
    return head === undefined || head.deletion || head.hash.equals(one.hash) ? [] : [head.version];
  });
  if (changed.length === 0) return new Map();
  const stored = await landing.bytesOf(tx, [...new Set(changed)]);
  return new Map(stored.flatMap(({ version, bytes, encoding }) =>
    bytes === null ? [] : [[version, JSON.parse(received({ bytes, encoding }).toString('utf8')) as Resource]]));
}
