import { randomUUID } from 'node:crypto';
import { isShared, patientsOfVersion } from './compartment.ts';
import { writeExact } from './json-exact.ts';
import type { Test } from './search.ts';
import type { Server } from './server-parts.ts';
import type { Version } from './store.ts';
import { subset } from './subset.ts';

/** What a kick-off asks for; misbehaviours may change it. */
export type ExportAsk = {
  readonly level: 'system' | 'patient' | 'group';
  readonly types: readonly string[] | undefined;
  /** Milliseconds; only what changed after it. */
  readonly since: number | undefined;
  /** Patient id → when it joined the group (ms); undefined at system level. */
  readonly members: ReadonlyMap<string, number> | undefined;
  /** Patients who joined after `since` come with their whole history (Bulk Data 2.0, _since at group level). */
  readonly newMembersInFull: boolean;
  /** By type, searches of which one must match; types that are not named come whole. */
  readonly filters: ReadonlyMap<string, readonly Test[]>;
  /** `element` or `Type.element`; none: all of each resource. */
  readonly elements: readonly string[];
  readonly allVersions: boolean;
  readonly leaveOut: readonly string[];
  readonly withDeletions: boolean;
};

export type ExportFile = {
  readonly name: string;
  readonly type: string;
  readonly kind: 'output' | 'deleted' | 'error';
  /** Without their newlines. */
  lines: Buffer[];
  /** The whole body instead of the lines, when something put another in its place. */
  body?: Buffer;
};

export type ExportJob = {
  readonly id: string;
  readonly client: string;
  /** The kick-off URL as it came. */
  readonly request: string;
  readonly ask: ExportAsk;
  readonly transactionTime: number;
  readonly started: number;
  readyAt: number;
  /** Status requests still to be answered 202, whatever the time. */
  pollsToGo: number;
  files: ExportFile[];
};

export const isRunning = ({ readyAt, pollsToGo }: ExportJob) => pollsToGo > 0 || Date.now() < readyAt;

/** Selects now, at the transaction time; writes that follow are of the next export. */
export function createJob(server: Server, client: string, request: string, asked: ExportAsk): ExportJob {
  const ask = server.misbehaviours.select(asked);
  const transactionTime = server.store.stamp();
  const job: ExportJob = {
    id: randomUUID(), client, request, ask, transactionTime,
    started: Date.now(), readyAt: Date.now() + server.exportSeconds * 1000, pollsToGo: 0,
    files: [...outputFiles(server, ask), ...deletedFiles(server, ask)],
  };
  server.jobs.set(job.id, job);
  return server.misbehaviours.exported(job);
}

function* outputFiles(server: Server, ask: ExportAsk): Generator<ExportFile> {
  const { store, misbehaviours, resourcesPerFile } = server;
  const rewrite = misbehaviours.changesResources();
  const types = new Set([...store.types(), ...store.looseLines.map(({ type }) => type)]);
  for (const type of [...types].sort()) {
    if ((ask.types && !ask.types.includes(type)) || ask.leaveOut.includes(type)) continue;
    const lines: Buffer[] = [];
    for (const head of store.current(type))
      for (const version of ask.allVersions || store.exportedInFull.has(`${type}/${head.id}`) ? oldestFirst(head) : [head])
        if (version.bytes && isSelected(version, ask)) lines.push(subset(rewrite ? misbehaviours.resource(version.bytes, version) : version.bytes, ask.elements));
    for (const loose of store.looseLines)
      if (loose.type === type && loose.lastUpdated > (ask.since ?? 0)) lines.push(loose.bytes);
    for (let part = 0; part * resourcesPerFile < lines.length; part++)
      yield {
        name: `${type}.${part + 1}.ndjson`, type, kind: 'output',
        lines: lines.slice(part * resourcesPerFile, (part + 1) * resourcesPerFile),
      };
  }
}

function isSelected(version: Version, { since, members, newMembersInFull, filters }: ExportAsk): boolean {
  if (filters.get(version.type)?.some((matches) => matches(version)) === false) return false;
  const changed = since === undefined || version.lastUpdated > since;
  if (!members || isShared(version)) return changed;
  return patientsOfVersion(version).some((id) => {
    const joined = members.get(id);
    return joined !== undefined && (changed || (newMembersInFull && since !== undefined && joined > since));
  });
}

/** `deleted`: transaction Bundles of DELETE requests, one a line; only an export with _since has them. */
function* deletedFiles({ store }: Server, ask: ExportAsk): Generator<ExportFile> {
  const { since, withDeletions } = ask;
  if (since === undefined || !withDeletions) return;
  const lines: Buffer[] = [];
  for (const type of store.types()) {
    if (ask.types && !ask.types.includes(type)) continue;
    for (const head of store.heads(type)) {
      if (head.bytes || head.lastUpdated <= since || (head.previous && !inScope(head.previous, ask))) continue;
      lines.push(writeExact({
        resourceType: 'Bundle', type: 'transaction',
        entry: [{ request: { method: 'DELETE', url: `${type}/${head.id}` } }],
      }));
    }
  }
  if (lines.length > 0) yield { name: 'deleted.1.ndjson', type: 'Bundle', kind: 'deleted', lines };
}

const inScope = (version: Version, { members }: ExportAsk) =>
  !members || isShared(version) || version.type === 'Patient' || patientsOfVersion(version).some((id) => members.has(id));

function* oldestFirst(head: Version): Generator<Version> {
  if (head.previous) yield* oldestFirst(head.previous);
  yield head;
}
