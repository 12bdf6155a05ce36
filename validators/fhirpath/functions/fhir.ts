// http://hl7.org/fhir/R4/fhirpath.html#functions
import { single, stringOf, systemOf } from '../convert.ts';
import type { Environment, JsonObject } from '../environment.ts';
import { FhirPathError } from '../fhirpath-error.ts';
import { type Item, type Items, Node, none, truth } from '../item.ts';
import type { Model } from '../model.ts';
import { isObject, pushMember, typeAt } from '../navigate.ts';
import { type FunctionRow, plain, textArgument } from './definition.ts';

/** A contained resource by `#id`, or what the caller's callback finds. */
export const resolved = (reference: string, env: Environment): JsonObject | undefined => {
  if (!reference.startsWith('#')) return env.resolve?.(reference);
  const root = env.rootResource ?? env.resource;
  if (reference === '#') return root;
  const contained = root['contained'];
  const id = reference.slice(1);
  if (!Array.isArray(contained)) return undefined;
  for (const resource of contained) if (isObject(resource) && resource['id'] === id) return resource;
  return undefined;
};

const referenceOf = (item: Item): string | undefined => {
  const value = item instanceof Node ? item.value : item;
  if (typeof value === 'string') return value;
  const reference = isObject(value as never) ? (value as JsonObject)['reference'] : undefined;
  return typeof reference === 'string' ? reference : undefined;
};

const extensions = (input: Items, url: string, model: Model, env: Environment): Item[] => {
  const all: Item[] = [];
  for (const item of input) pushMember(all, item, 'extension', model, env);
  return all.filter((item) => item instanceof Node && isObject(item.value) && item.value['url'] === url);
};

/** A FHIR primitive with a value. */
export const hasValue = (item: Item): boolean => item instanceof Node && item.value !== undefined && typeof item.value !== 'object';

export const fhir: readonly FunctionRow[] = [
  plain('extension', 1, 1, (input, [url], { env }, { model }) => {
    const wanted = textArgument(url, 'extension()');
    return wanted === undefined ? none : extensions(input, wanted, model, env);
  }),
  plain('hasExtension', 1, 1, (input, [url], { env }, { model }) => {
    const wanted = textArgument(url, 'hasExtension()');
    return truth(wanted !== undefined && extensions(input, wanted, model, env).length > 0);
  }),
  plain('hasValue', 0, 0, (input) => truth(input.length === 1 && hasValue(input[0] as Item))),
  plain('getValue', 0, 0, (input) => {
    const item = input.length === 1 ? (input[0] as Item) : undefined;
    const value = item !== undefined && hasValue(item) ? systemOf(item) : undefined;
    return value === undefined ? none : [value];
  }),
  plain('resolve', 0, 0, (input, _args, { env }) => {
    const out: Item[] = [];
    for (const item of input) {
      const reference = referenceOf(item);
      const target = reference === undefined ? undefined : resolved(reference, env);
      if (target) out.push(new Node(target, typeAt(target, undefined)));
    }
    return out;
  }),
  plain('memberOf', 1, 1, (input, [valueSet], { env }) => {
    const item = single(input, 'memberOf()');
    const url = textArgument(valueSet, 'memberOf()');
    if (item === undefined || url === undefined) return none;
    const coded = item instanceof Node ? { type: item.type, value: item.value ?? null } : { type: 'string', value: stringOf(item) ?? null };
    return truth(env.memberOf?.(coded, url));
  }),
  plain('conformsTo', 1, 1, (input, [profile], { env }) => {
    const item = single(input, 'conformsTo()');
    const url = textArgument(profile, 'conformsTo()');
    if (item === undefined || url === undefined) return none;
    if (!env.conformsTo) throw new FhirPathError('execution', 'conformsTo() needs the profiles in the environment');
    return truth(item instanceof Node && item.value !== undefined ? env.conformsTo(item.value, item.type, url) : false);
  }),
];
