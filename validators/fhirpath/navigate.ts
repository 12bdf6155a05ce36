import type { Environment, Json, JsonObject } from './environment.ts';
import { type Item, Node, TypeSpecifier } from './item.ts';
import type { ElementInfo, Model, TypeInfo, Variant } from './model.ts';

const own = Object.prototype.hasOwnProperty;
export const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A resource says its own type; anything else has the type its element was declared with. */
export const typeAt = (value: Json | undefined, declared: string | undefined): string | undefined => {
  if (isObject(value) && own.call(value, 'resourceType') && typeof value['resourceType'] === 'string') return value['resourceType'];
  return declared;
};

const push = (out: Item[], parent: JsonObject, key: string, type: string | undefined, env: Environment, model: Model): void => {
  const value = own.call(parent, key) ? parent[key] : undefined;
  // Only primitives have a sibling; beside a complex element it is an unknown property.
  const sibling = (type === undefined || model.isPrimitive(type)) && own.call(parent, `_${key}`) ? parent[`_${key}`] : undefined;
  if (value === undefined && sibling === undefined) return;
  const lexeme = type === 'decimal' ? env.decimalLexeme : undefined;
  if (!Array.isArray(value) && (!Array.isArray(sibling) || (value !== undefined && value !== null))) {
    if ((value === null || value === undefined) && !isObject(sibling)) return;
    out.push(new Node(value ?? undefined, typeAt(value, type), isObject(sibling) ? sibling : undefined, lexeme?.(parent, key)));
    return;
  }
  const values: readonly Json[] = Array.isArray(value) ? value : [];
  const siblings: readonly Json[] = Array.isArray(sibling) ? sibling : [];
  const length = Math.max(values.length, siblings.length);
  for (let i = 0; i < length; i++) {
    const one = values[i] ?? undefined;
    const beside = siblings[i];
    if (one === undefined && !isObject(beside)) continue;
    out.push(new Node(one, typeAt(one, type), isObject(beside) ? beside : undefined, lexeme?.(parent, key, i)));
  }
};

const pushElement = (out: Item[], parent: JsonObject, element: ElementInfo, env: Environment, model: Model): void => {
  const [first] = element.variants;
  if (element.variants.length === 1 && first) {
    push(out, parent, first.key, first.type, env, model);
    return;
  }
  // A choice has up to fifty keys, an object few: look at the object's.
  for (const key in parent) {
    const plain = key.startsWith('_') ? key.slice(1) : key;
    if (!plain.startsWith(element.name) || (plain !== key && own.call(parent, plain))) continue;
    const variant = element.variants.find((candidate) => candidate.key === plain);
    if (variant) push(out, parent, plain, variant.type, env, model);
  }
};

/** Of an object whose type nobody knows: the key itself, or `name` + a type the model has. */
const pushUntyped = (out: Item[], parent: JsonObject, name: string, model: Model, env: Environment): void => {
  if (own.call(parent, name) || own.call(parent, `_${name}`)) {
    push(out, parent, name, undefined, env, model);
    return;
  }
  for (const key in parent) {
    if (key.length <= name.length || !key.startsWith(name)) continue;
    const suffix = key.slice(name.length);
    const type = model.type(suffix) ? suffix : suffix.charAt(0).toLowerCase() + suffix.slice(1);
    if (suffix.charAt(0) !== suffix.charAt(0).toLowerCase() && model.type(type)) push(out, parent, key, type, env, model);
  }
};

const childObject = (node: Node): JsonObject | undefined => (isObject(node.value) ? node.value : node.extra);

export const pushMember = (out: Item[], item: Item, name: string, model: Model, env: Environment): void => {
  if (item instanceof TypeSpecifier) {
    if (name === 'name' || name === 'namespace') out.push(item[name]);
    return;
  }
  if (!(item instanceof Node)) return;
  const info: TypeInfo | undefined = item.type === undefined ? undefined : model.type(item.type);
  if (info?.kind === 'primitive' && !isObject(item.value)) {
    if (name === 'value' && item.value !== undefined) out.push(item); // http://hl7.org/fhir/R4/fhirpath.html#paths
    else if (item.extra && (name === 'extension' || name === 'id')) push(out, item.extra, name, name === 'id' ? 'string' : 'Extension', env, model);
    return;
  }
  const object = childObject(item);
  if (!object) return;
  if (!info) {
    pushUntyped(out, object, name, model, env);
    return;
  }
  const element = info.elements.get(name);
  if (element) pushElement(out, object, element, env, model);
};

/** By type: JSON key → its variant, for children(). */
const keysOf = new WeakMap<TypeInfo, ReadonlyMap<string, Variant>>();
export const variantsByKey = (info: TypeInfo): ReadonlyMap<string, Variant> => {
  let keys = keysOf.get(info);
  if (!keys) {
    keys = new Map([...info.elements.values()].flatMap(({ variants }) => variants.map((variant) => [variant.key, variant] as const)));
    keysOf.set(info, keys);
  }
  return keys;
};

/** All children, known to the model or not, in the order of the JSON. */
export const pushChildren = (out: Item[], item: Item, model: Model, env: Environment): void => {
  if (!(item instanceof Node)) return;
  const object = childObject(item);
  if (!object) return;
  const info = item.type === undefined ? undefined : model.type(item.type);
  const known = info && info.kind !== 'primitive' ? variantsByKey(info) : undefined;
  for (const key in object) {
    if (key === 'resourceType' || !own.call(object, key)) continue;
    const plain = key.startsWith('_') ? key.slice(1) : key;
    if (plain !== key && own.call(object, plain)) continue;
    const type = known?.get(plain)?.type ?? (plain === 'extension' ? 'Extension' : undefined);
    push(out, object, plain, type, env, model);
  }
};
