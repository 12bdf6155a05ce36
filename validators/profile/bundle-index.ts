import { isObject, word, type JsonObject } from './run.ts';

export type Entry = {
  readonly index: number;
  readonly entry: JsonObject;
  readonly resource: JsonObject | undefined;
  readonly fullUrl: string | undefined;
  /** `Patient/1`; undefined where the resource has no id. */
  readonly local: string | undefined;
};

/** What a reference leads to among the entries of a Bundle. */
export type Found = { readonly entries: readonly Entry[]; /** Of the same type and id, under another fullUrl. */ readonly near: readonly Entry[]; /** The absolute URL that was looked for; undefined where there is none. */ readonly target: string | undefined };

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const none: readonly Entry[] = [];

export const isAbsolute = (url: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(url);

/** The entries of a Bundle, found as http://hl7.org/fhir/R4/bundle.html#references says. */
export class BundleIndex {
  readonly entries: readonly Entry[];
  private readonly byUrl = new Map<string, Entry[]>();
  private readonly byLocal = new Map<string, Entry[]>();
  private readonly holding = new Map<JsonObject, Entry>();

  constructor(bundle: JsonObject) {
    const list = Array.isArray(bundle['entry']) ? bundle['entry'] as readonly unknown[] : [];
    this.entries = list.flatMap((entry, index): Entry[] => {
      if (!isObject(entry)) return [];
      const resource = isObject(entry['resource']) ? entry['resource'] : undefined;
      const id = text(resource?.['id']);
      return [{ index, entry, resource, fullUrl: text(entry['fullUrl']), local: id === undefined ? undefined : `${word(resource!['resourceType'])}/${id}` }];
    });
    const put = (map: Map<string, Entry[]>, key: string | undefined, entry: Entry): void => {
      if (key === undefined) return;
      const known = map.get(key);
      if (known) known.push(entry); else map.set(key, [entry]);
    };
    for (const entry of this.entries) {
      if (entry.resource) this.holding.set(entry.resource, entry);
      put(this.byUrl, entry.fullUrl, entry);
      put(this.byLocal, entry.local, entry);
    }
  }

  /** The entry whose resource this is. */
  entryOf(resource: JsonObject): Entry | undefined { return this.holding.get(resource); }

  /**
   * `from` says what a relative reference is relative to: the base of its fullUrl where that is a server's. Not
   * `strictly`, `Patient/1` in an entry `urn:uuid:2` is also taken for `urn:uuid:1`.
   */
  find(reference: string, from: Entry | undefined, strictly: boolean): Found {
    const plain = reference.split('#')[0]!;
    const at = plain.indexOf('/_history/');
    const [url, version] = at < 0 ? [plain, undefined] : [plain.slice(0, at), plain.slice(at + '/_history/'.length)];
    const target = isAbsolute(url) ? url : strictly && !isServers(from) ? undefined : absolute(url, from?.fullUrl);
    const all = target === undefined ? none : this.byUrl.get(target) ?? none;
    const entries = version === undefined ? all : all.filter((e) => isObject(e.resource?.['meta']) && e.resource['meta']['versionId'] === version);
    return { entries, near: entries.length > 0 || isAbsolute(url) ? none : this.byLocal.get(url) ?? none, target };
  }

  /** By fullUrl, or else by type and id alone: for expressions and slicing, which take what is there. */
  lenient(reference: string): JsonObject | undefined {
    const plain = reference.split('#')[0]!.replace(/\/_history\/.*$/, '');
    return (this.byUrl.get(plain) ?? this.byLocal.get(plain))?.[0]?.resource;
  }
}

const isServers = (entry: Entry | undefined): boolean => entry?.fullUrl !== undefined && entry.local !== undefined && (entry.fullUrl === entry.local || entry.fullUrl.endsWith(`/${entry.local}`));

/** `Patient/1` in an entry with `http://server/Observation/2` is `http://server/Patient/1`; with `urn:uuid:…` it is its own namespace's. */
const absolute = (relative: string, fullUrl: string | undefined): string | undefined => {
  if (fullUrl === undefined) return undefined;
  if (fullUrl.startsWith('urn:')) return fullUrl.slice(0, fullUrl.lastIndexOf(':') + 1) + relative.slice(relative.lastIndexOf('/') + 1);
  return fullUrl.split('/').slice(0, -2).concat(relative).join('/');
};
