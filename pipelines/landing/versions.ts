import { hash } from 'node:crypto';
import type { Finding } from '../../terms/finding.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import type { Resource } from '../../terms/rule.ts';
import type { FileToLand, Head, NewVersion } from '../../storage/landing.ts';
import { store } from '../../storage/stored-bytes.ts';
import type { Identified } from './identify.ts';
import { isNewer, type Ordered } from './order.ts';

/** An item that names a resource: what it says, or that it was deleted. */
export type Named =
  | { readonly item: SourceItem; readonly identified: Identified; readonly hash: Buffer }
  | { readonly item: SourceItem; readonly deleted: NonNullable<SourceItem['deleted']> };

export type Landing = {
  readonly versions: readonly NewVersion[];
  readonly unheaded: readonly string[];
  readonly unchanged: readonly string[];
  readonly unknown: readonly { line: number; type: string; id: string }[];
  /** As received_chunk keeps it. */
  readonly became: Readonly<Record<string, readonly [landed: number, deleted: number]>>;
  readonly grew: number;
};

/** Where a resource stands while the items of a chunk are taken in. `fresh`: its head is a new version of this chunk. */
type Standing = { order: Ordered; hash: Buffer; deletion: boolean; lastOrdinal: number; patient: string;
  version: string; fresh: NewVersion | undefined; resource: Resource | undefined };

export type Check = (resource: Resource, item: SourceItem, before: { resource: Resource; version: string } | undefined) => readonly Finding[];

const NOTHING = hash('sha256', '', 'buffer');
export const keyOf = (type: string, id: string): string => `${type}/${id}`;
export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/**
 * Takes the items of a chunk in, in their order, against the heads they meet (contracts 1 and 2).
 * @param versionIds as many as there are items: a new version has its id before it is written, so that what follows can name it
 * @param before the parsed bytes of a stored head, for the history rules; asked only where an item changes it
 */
export function takeIn(file: FileToLand, items: readonly Named[], heads: readonly Head[], versionIds: readonly string[],
  before: (version: string) => Resource | undefined, check: Check): Landing {
  const standing = new Map<string, Standing>(heads.map((head) => [keyOf(head.type, head.id), fromHead(head)]));
  const versions: NewVersion[] = [];
  const unheaded: string[] = [];
  const unchanged: string[] = [];
  const unknown: { line: number; type: string; id: string }[] = [];
  const became: Record<string, [landed: number, deleted: number]> = {};
  let grew = 0;
  for (const named of items) {
    const key = 'deleted' in named ? keyOf(named.deleted.type, named.deleted.id) : keyOf(named.identified.type, named.identified.id);
    const head = standing.get(key);
    const deletion = 'deleted' in named;
    if (deletion && head === undefined) {
      unknown.push({ line: named.item.line, ...named.deleted });
      continue;
    }
    if (head !== undefined && head.deletion === deletion && (deletion || head.hash.equals(named.hash))) {
      unchanged.push(head.version);
      continue;
    }
    const order = orderOf(file, named);
    const isHead = head === undefined || isNewer(order, head.order);
    const past = head === undefined || deletion || !isHead ? undefined : head.resource ?? before(head.version);
    const versionId = versionIds[versions.length];
    if (versionId === undefined) throw new RangeError('fewer version ids than items');
    const version = newVersion(file, named, order, versionId, (head?.lastOrdinal ?? 0) + 1, isHead, head?.patient ?? '',
      'deleted' in named ? [] : check(named.identified.resource, named.item,
        past === undefined || head === undefined ? undefined : { resource: past, version: head.version }));
    versions.push(version);
    (became[version.type] ??= [0, 0])[deletion ? 1 : 0] += 1;
    if (head !== undefined) head.lastOrdinal = version.ordinal;
    if (!isHead) continue;
    grew += (deletion ? 0 : 1) - (head === undefined || head.deletion ? 0 : 1);
    if (head?.fresh !== undefined) head.fresh.head = false;
    else if (head !== undefined) unheaded.push(head.version);
    standing.set(key, { order, hash: version.hash, deletion, lastOrdinal: version.ordinal, patient: version.patient,
      version: versionId, fresh: version, resource: deletion ? undefined : named.identified.resource });
  }
  return { versions, unheaded, unchanged, unknown, became, grew };
}

const fromHead = (head: Head): Standing => ({
  order: head, hash: head.hash, deletion: head.deletion, lastOrdinal: head.lastOrdinal, patient: head.patient,
  version: head.version, fresh: undefined, resource: undefined,
});

function orderOf(file: FileToLand, named: Named): Ordered {
  const place = { transactionTime: file.transactionTime, run: file.run, file: file.file, line: named.item.line };
  if ('deleted' in named) {
    const at = named.deleted.lastModified === undefined ? NaN : Date.parse(named.deleted.lastModified);
    // Deletions are ordered by the source's transactionTime where they carry no time of their own.
    return { ...place, lastUpdated: Number.isNaN(at) ? file.transactionTime ?? file.asOf : new Date(at), versionNumber: null };
  }
  return { ...place, lastUpdated: named.identified.lastUpdated, versionNumber: named.identified.versionNumber };
}

function newVersion(file: FileToLand, named: Named, order: Ordered, version: string, ordinal: number, head: boolean, patientBefore: string,
  findings: readonly Finding[]): NewVersion {
  const shared = { version, ordinal, head, lastUpdated: order.lastUpdated, versionNumber: order.versionNumber,
    transactionTime: file.transactionTime, line: named.item.line, findings };
  if ('deleted' in named) {
    return { ...shared, type: named.deleted.type, id: named.deleted.id, deletion: true, hash: NOTHING, bytes: null,
      encoding: 0, size: 0, versionId: null, patient: patientBefore, refs: [] };
  }
  const { type, id, versionId, patient, refs } = named.identified;
  return { ...shared, type, id, deletion: false, hash: named.hash, ...store(named.item.bytes), size: named.item.bytes.length,
    versionId, patient, refs };
}
