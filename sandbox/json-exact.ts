// JSON in and out with every number spelled as it was: 1.10 stays 1.10 (ECMA-262 source text access, Node 22+).

/** A number whose spelling would be lost is an object { rawJSON: "1.10" } that JSON.stringify writes back as 1.10. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

const exact = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): JsonObject;
};

export const parseExact = (text: string): Json =>
  exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? exact.rawJSON(source) : value,
  ) as Json;

export const writeExact = (value: Json): Buffer => Buffer.from(JSON.stringify(value));

/** A number of either kind; NaN when it is none. */
export const numberOf = (value: Json | undefined): number =>
  typeof value === 'object' && value !== null && 'rawJSON' in value ? Number(value['rawJSON']) : Number(value ?? NaN);

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('rawJSON' in value);

/** Steps into nested objects and arrays; undefined when a step is missing. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined;
    else here = isObject(here) ? here[step] : undefined;
  }
  return here;
}

export function textAt(value: Json | undefined, ...path: (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export const listAt = (value: Json | undefined, ...path: (string | number)[]): Json[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** A copy that keeps the spelling of its numbers (structuredClone would not). */
export function copyOf(object: JsonObject): JsonObject {
  const copy = parseExact(JSON.stringify(object));
  return isObject(copy) ? copy : {};
}
