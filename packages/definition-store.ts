import type { Definitions, DefinitionRow, FhirDefinition } from '../validators/profile/definitions.ts';
import { slim, type Json } from './slim.ts';

/**
 * One package's definitions as one blob: slimmed resources one after the other, and an index of where each is.
 * A resource is parsed when it is first asked for, so that a start reads the index only.
 */
export type Store = { readonly name: string; readonly version: string; readonly hash: string; readonly index: readonly DefinitionRow[]; readonly blob: Uint8Array };

const kinds = new Set(['StructureDefinition', 'ValueSet', 'CodeSystem', 'SearchParameter', 'Questionnaire', 'ConceptMap',
  'OperationDefinition', 'CapabilityStatement', 'ImplementationGuide', 'NamingSystem', 'Measure', 'Library', 'ActivityDefinition', 'PlanDefinition', 'CompartmentDefinition']);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Packs resources; what carries no canonical URL is left out. */
export const packStore = (name: string, version: string, hash: string, resources: Iterable<Json>): Store => {
  const index: DefinitionRow[] = [];
  const parts: Buffer[] = [];
  let offset = 0;
  for (const resource of resources) {
    const url = text(resource['url']);
    const kind = text(resource['resourceType']);
    if (!url || !kind || !kinds.has(kind)) continue;
    const bytes = Buffer.from(JSON.stringify(slim(resource)));
    const row: DefinitionRow = { kind, url, offset, length: bytes.length };
    const optional = { version: text(resource['version']), type: text(resource['type']), of: text(resource['kind']),
      derivation: text(resource['derivation']), base: text(resource['baseDefinition']), supplements: text(resource['supplements']),
      id: text(resource['id']) };
    for (const [key, value] of Object.entries(optional)) if (value !== undefined) (row as Record<string, unknown>)[key] = value;
    index.push(row);
    parts.push(bytes);
    offset += bytes.length;
  }
  return { name, version, hash, index, blob: Buffer.concat(parts) };
};

/** Threads that are given it read the same memory, as those that come from the cache do already. */
export const inSharedMemory = (store: Store): Store => {
  if (store.blob.buffer instanceof SharedArrayBuffer) return store;
  const blob = new Uint8Array(new SharedArrayBuffer(store.blob.length));
  blob.set(store.blob);
  return { ...store, blob };
};

/** `1.10.0` after `1.9.0`; a label before the release it leads to. */
export const compareVersions = (a: string, b: string): number => {
  const parts = (v: string): (number | string)[] => v.split(/[.-]/).map((p) => (/^\d+$/.test(p) ? Number(p) : p));
  const [x, y] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const [p, q] = [x[i], y[i]];
    if (p === q) continue;
    if (p === undefined) return typeof q === 'string' ? 1 : -1;
    if (q === undefined) return typeof p === 'string' ? -1 : 1;
    if (typeof p === 'number' && typeof q === 'number') return p - q;
    return typeof p === 'number' ? 1 : typeof q === 'number' ? -1 : p < q ? -1 : 1;
  }
  return 0;
};

/** Stores as the validator's source of definitions: of equal canonicals the highest version wins, of equal versions the later store. */
export const definitionsFrom = (stores: readonly Store[]): Definitions => {
  const rows = new Map<string, { row: DefinitionRow; store: Store }>();
  const all: DefinitionRow[] = [];
  for (const store of stores) {
    for (const row of store.index) {
      all.push(row);
      const entry = { row, store };
      if (row.version) rows.set(`${row.kind} ${row.url}|${row.version}`, entry);
      const plain = rows.get(`${row.kind} ${row.url}`);
      if (!plain || compareVersions(row.version ?? '', plain.row.version ?? '') >= 0) rows.set(`${row.kind} ${row.url}`, entry);
    }
  }
  const parsed = new Map<object, FhirDefinition>();
  /** `|0.2` stands for the highest 0.2.x: http://hl7.org/fhir/R4/references.html#canonical, matched as HL7's engine does. */
  const near = new Map<string, { row: DefinitionRow; store: Store } | undefined>();
  const byPart = (kind: string, canonical: string): { row: DefinitionRow; store: Store } | undefined => {
    const key = `${kind} ${canonical}`;
    if (near.has(key)) return near.get(key);
    const bar = canonical.indexOf('|');
    if (!rows.has(`${kind} ${canonical.slice(0, bar)}`)) return undefined;
    const [url, part] = [canonical.slice(0, bar), canonical.slice(bar + 1)];
    const fitting = all.filter((row) => row.kind === kind && row.url === url && row.version?.startsWith(`${part}.`)).sort((a, b) => compareVersions(b.version!, a.version!));
    const found = bar < 0 || !fitting[0] ? undefined : rows.get(`${kind} ${url}|${fitting[0].version!}`);
    if (near.size < 10_000) near.set(key, found);
    return found;
  };
  return {
    hash: stores.map((s) => s.hash).join('+'),
    packages: stores.map(({ name, version, hash }) => ({ name, version, hash })),
    rows: all,
    get(kind, canonical) {
      const found = rows.get(`${kind} ${canonical}`) ?? (canonical.includes('|') ? byPart(kind, canonical) : undefined);
      if (!found) return undefined;
      let definition = parsed.get(found.row);
      if (!definition) {
        const { blob } = found.store;
        const bytes = Buffer.from(blob.buffer, blob.byteOffset + found.row.offset, found.row.length);
        parsed.set(found.row, definition = JSON.parse(bytes.toString('utf8')) as FhirDefinition);
      }
      return definition;
    },
  };
};
