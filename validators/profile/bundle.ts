import type { Checker } from './checker.ts';
import { isObject, type JsonObject } from './run.ts';

/** http://hl7.org/fhir/R4/bundle.html */
export const checkBundle = (checker: Checker, bundle: JsonObject): void => {
  const { link } = bundle;
  if (!Array.isArray(link)) return;
  const seen = new Set<unknown>();
  link.forEach((l: unknown, i: number) => {
    if (!isObject(l) || typeof l['relation'] !== 'string') return;
    // Paging has one link of each of these: http://hl7.org/fhir/R4/http.html#paging
    if (seen.has(l['relation']) && /^(self|first|previous|prev|next|last)$/.test(l['relation'])) {
      checker.add({ rule: 'profile-bundle', severity: 'error', code: 'invalid', messageId: 'BUNDLE_LINK_REPEAT', says: 'A Bundle has one link of this relation only; keep one.' }, `.link[${i}]`);
    }
    seen.add(l['relation']);
  });
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
