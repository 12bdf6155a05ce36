import type { Checker } from './checker.ts';
import { isObject, type JsonObject } from './run.ts';

/** http://hl7.org/fhir/R4/bundle.html */
export const checkBundle = (checker: Checker, bundle: JsonObject): void => {
  void checker; void bundle;
};

/** http://hl7.org/fhir/R4/bundle.html#references: by fullUrl, and by Type/id where the fullUrl ends so. */
export const entriesOf = (bundle: JsonObject): ReadonlyMap<string, JsonObject> => {
  const out = new Map<string, JsonObject>();
  const { entry } = bundle;
  if (!Array.isArray(entry)) return out;
  for (const e of entry) {
    if (!isObject(e) || !isObject(e['resource'])) continue;
    const { resource, fullUrl } = e as { resource: JsonObject; fullUrl: unknown };
    if (typeof fullUrl === 'string' && !out.has(fullUrl)) out.set(fullUrl, resource);
    const local = `${String(resource['resourceType'])}/${String(resource['id'])}`;
    if (!out.has(local)) out.set(local, resource);
  }
  return out;
};
