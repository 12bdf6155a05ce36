import { isObject, parseExact, writeExact, type Json, type JsonObject } from './json-exact.ts';

/** One version of one resource. `bytes` is exactly what was loaded or written; undefined means deleted. */
export type Version = {
  readonly type: string;
  readonly id: string;
  readonly versionId: number;
  /** Milliseconds since 1970; kept beside the bytes, for Synthea's resources carry no meta.lastUpdated. */
  readonly lastUpdated: number;
  readonly bytes: Buffer | undefined;
  readonly previous: Version | undefined;
};

/** A line that an export carries and REST cannot: no JSON, or no resource. */
export type LooseLine = { readonly type: string; readonly lastUpdated: number; readonly bytes: Buffer };

export type Store = ReturnType<typeof createStore>;

/** What a store begins with: another one's heads, so that both go on from there. */
type Start = { readonly looseLines: readonly LooseLine[]; readonly exportedInFull?: ReadonlySet<string>; types(): string[]; heads(type: string): Iterable<Version> };

export function createStore(now: () => number = Date.now, from?: Start) {
  const heads = new Map<string, Map<string, Version>>(); // type → id → newest version
  const looseLines: LooseLine[] = [...from?.looseLines ?? []];
  /** What amended versions held before, by type/id. */
  const originals = new Map<string, Buffer>();
  /** type/id of what exports carry with its older versions. */
  const exportedInFull = new Set<string>(from?.exportedInFull);
  for (const type of from?.types() ?? []) heads.set(type, new Map(Array.from(from?.heads(type) ?? [], (version) => [version.id, version] as const)));
  let lastStamp = 0;

  /** Strictly rising, so that `_lastUpdated=gt…` and `_since` never miss or repeat a write. */
  const stamp = () => (lastStamp = Math.max(now(), lastStamp + 1));

  function setHead(version: Version) {
    let ofType = heads.get(version.type);
    if (!ofType) heads.set(version.type, (ofType = new Map()));
    ofType.set(version.id, version);
  }

  return {
    looseLines,
    exportedInFull,
    stamp,
    head: (type: string, id: string) => heads.get(type)?.get(id),
    types: () => [...heads.keys()].sort(),

    *current(type: string): Generator<Version> {
      for (const version of heads.get(type)?.values() ?? []) if (version.bytes) yield version;
    },
    /** Deleted ones too. */
    heads: (type: string): Iterable<Version> => heads.get(type)?.values() ?? [],
    *everyVersion(type: string): Generator<Version> {
      for (const head of heads.get(type)?.values() ?? [])
        for (let at: Version | undefined = head; at; at = at.previous) yield at;
    },

    /** Adds loaded bytes as they are; a second line with the same type and id is the next version. */
    load(type: string, id: string, bytes: Buffer, lastUpdated: number) {
      const previous = heads.get(type)?.get(id);
      const version = { type, id, versionId: (previous?.versionId ?? 0) + 1, lastUpdated, bytes, previous };
      setHead(version);
      return version;
    },

    /** Replaces what a head holds without making a version: how a defect is planted at load. */
    amend(version: Version, bytes: Buffer) {
      const key = `${version.type}/${version.id}`;
      if (version.bytes !== undefined && !originals.has(key)) originals.set(key, version.bytes);
      const amended = { ...version, bytes };
      setHead(amended);
      return amended;
    },

    /** What the resource held before something was done to it: before it was amended, or its version before. */
    before: (type: string, id: string): Buffer | undefined => originals.get(`${type}/${id}`) ?? heads.get(type)?.get(id)?.previous?.bytes,

    /** PUT or POST: the next version, its meta.versionId and meta.lastUpdated set as FHIR asks. */
    write(resource: JsonObject & { resourceType: string; id: string }, lastUpdated = stamp()) {
      const { resourceType: type, id } = resource;
      const previous = heads.get(type)?.get(id);
      const versionId = (previous?.versionId ?? 0) + 1;
      const meta = isObject(resource['meta']) ? resource['meta'] : {};
      const stamped = {
        resourceType: type, id,
        meta: { ...meta, versionId: String(versionId), lastUpdated: new Date(lastUpdated).toISOString() },
      };
      const bytes = writeExact({ ...stamped, ...resource, meta: stamped.meta });
      const version: Version = { type, id, versionId, lastUpdated, bytes, previous };
      setHead(version);
      return version;
    },

    /** A delete is a version without bytes; deleting what is not there makes none. */
    remove(type: string, id: string, lastUpdated = stamp()) {
      const previous = heads.get(type)?.get(id);
      if (!previous?.bytes) return undefined;
      const version: Version = { type, id, versionId: previous.versionId + 1, lastUpdated, bytes: undefined, previous };
      setHead(version);
      return version;
    },

    version(type: string, id: string, versionId: string) {
      let version = heads.get(type)?.get(id);
      while (version && String(version.versionId) !== versionId) version = version.previous;
      return version;
    },
  };
}

/** The resource of a version, to look at: numbers may lose their spelling, so it is not to be written back. */
export function resourceOf(version: Version): JsonObject {
  const parsed = JSON.parse(version.bytes?.toString() ?? '{}') as Json;
  return isObject(parsed) ? parsed : {};
}

/** The same with every number as spelled, three times slower. */
export function exactResourceOf(version: Version): JsonObject {
  const parsed = parseExact(version.bytes?.toString() ?? '{}');
  return isObject(parsed) ? parsed : {};
}
