import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { createGunzip, gunzipSync } from 'node:zlib';
import tar from 'tar-stream';
import type { DefinitionLike } from '../../validators/fhirpath/build-model.ts';
import type { Json, JsonObject } from '../../validators/fhirpath/environment.ts';
import type { Model } from '../../validators/fhirpath/model.ts';
import { isObject, typeAt, variantsByKey } from '../../validators/fhirpath/navigate.ts';

type Constraint = { readonly key: string; readonly expression?: string };
type Definition = DefinitionLike & {
  readonly url?: string;
  readonly differential?: { readonly element?: readonly { readonly path: string; readonly constraint?: readonly Constraint[] }[] };
  readonly snapshot?: { readonly element?: readonly { readonly path: string; readonly constraint?: readonly Constraint[]; readonly type?: readonly { readonly code: string }[] }[] };
};

/** An invariant on all nodes of one FHIR type. */
export type Invariant = { readonly type: string; readonly key: string; readonly expression: string };

/** FHIR types an element path may have: `Observation.value[x]` has eleven. */
const typesAt = (path: string, model: Model): readonly string[] => {
  const [root = '', ...names] = path.split('.');
  let types: readonly string[] = model.type(root) ? [root] : [];
  for (const name of names) {
    const plain = name.replace('[x]', '');
    types = types.flatMap((type) => model.type(type)?.elements.get(plain)?.variants.map((variant) => variant.type) ?? []);
  }
  return types;
};

/** Every constraint of the definitions, once for each type it stands on. */
export const invariantsOf = (definitions: Iterable<DefinitionLike>, model: Model): readonly Invariant[] => {
  const found = new Map<string, Invariant>();
  for (const definition of definitions as Iterable<Definition>) {
    for (const { path, constraint = [] } of [...(definition.snapshot?.element ?? []), ...(definition.differential?.element ?? [])]) {
      if (constraint.length === 0) continue;
      for (const type of typesAt(path, model)) {
        for (const { key, expression } of constraint) if (expression) found.set(`${type} ${expression}`, { type, key, expression });
      }
    }
  }
  return [...found.values()];
};

const packageFile = new URL('../../../shared/packages/hl7.fhir.us.core-6.1.0.tgz', import.meta.url);

/** The StructureDefinitions of the US Core package. */
export const usCoreDefinitions = async (): Promise<readonly DefinitionLike[]> => {
  const found: DefinitionLike[] = [];
  const extract = tar.extract();
  createReadStream(packageFile).pipe(createGunzip()).pipe(extract);
  for await (const entry of extract) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (/^package\/StructureDefinition-[^/]*\.json$/.test(entry.header.name)) found.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as DefinitionLike);
  }
  return found;
};

const population = (name: string): URL => new URL(`../../../shared/synthea/${name}/`, import.meta.url);

/** Up to `each` resources of every type of a Synthea population, spread over its file. */
export const sampled = (name: 'r4-2019' | 'us-core-6.1.0', each: number): readonly JsonObject[] => {
  const folder = population(name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((file) => /\.ndjson(?:\.gz)?$/.test(file)).flatMap((file) => {
    const bytes = readFileSync(new URL(file, folder));
    const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n').filter((line) => line !== '');
    const step = Math.max(1, Math.floor(lines.length / each));
    return lines.filter((_line, i) => i % step === 0).slice(0, each).map((line) => JSON.parse(line) as JsonObject);
  });
};

/** A node of a resource with what an invariant is evaluated with. */
export type Place = { readonly type: string; readonly value: Json | undefined; readonly extra: JsonObject | undefined; readonly resource: JsonObject; readonly root: JsonObject };

/** All nodes of a resource that the model knows. */
export function* placesOf(root: JsonObject, model: Model): Generator<Place> {
  const open: Place[] = [{ type: String(root['resourceType']), value: root, extra: undefined, resource: root, root }];
  for (let at = open.pop(); at; at = open.pop()) {
    yield at;
    const info = model.type(at.type);
    const object = isObject(at.value) ? at.value : at.extra;
    if (!info || !object) continue;
    for (const [key, variant] of info.kind === 'primitive' ? [['extension', { type: 'Extension' }] as const] : variantsByKey(info)) {
      const [value, sibling] = [object[key], object[`_${key}`]];
      const [values, siblings] = [value, sibling].map((one) => (Array.isArray(one) ? (one as readonly Json[]) : one === undefined ? [] : [one]));
      for (let i = 0; i < Math.max(values?.length ?? 0, siblings?.length ?? 0); i++) {
        const one = values?.[i] ?? undefined;
        const beside = siblings?.[i];
        const type = typeAt(one, variant.type) ?? variant.type;
        const resource = isObject(one) && typeof one['resourceType'] === 'string' ? one : at.resource;
        if (one !== undefined || isObject(beside)) open.push({ type, value: one, extra: isObject(beside) ? beside : undefined, resource, root });
      }
    }
  }
}
