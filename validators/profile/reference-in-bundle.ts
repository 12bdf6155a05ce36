import { isAbsolute } from './bundle-index.ts';
import type { Checker } from './checker.ts';
import type { Holder, JsonObject, Statement } from './run.ts';

const say = (severity: Statement['severity'], code: string, messageId: string, says: string): Statement => ({ rule: 'profile-bundle-reference', severity, code, messageId, says });

const noFullUrl = say('error', 'required', 'Bundle_BUNDLE_FullUrl_Missing', 'A relative reference means nothing in an entry without fullUrl; add the fullUrl of the entry, or refer by an absolute URL.');
const badForm = say('error', 'invalid', 'Reference_REF_Format2', 'A relative reference in a Bundle has the form Type/id; in a transaction or batch it may also be a search (Type?…). Write it so.');
const several = say('error', 'forbidden', 'Bundle_BUNDLE_MultipleMatches', 'More than one entry of the Bundle has the fullUrl referred to; keep one.');
const otherType = say('error', 'required', 'Reference_REF_ResourceType', 'The entry that the reference leads to holds a resource of another type; correct the reference.');
const notLocal = say('warning', 'required', 'Bundle_BUNDLE_Not_Local', 'A urn names no place to fetch from, and no entry of the Bundle has it as fullUrl; add the entry or correct the reference.');
const nearby = say('warning', 'required', 'BUNDLE_BUNDLE_POSSIBLE_MATCH_WRONG_FU', "An entry has this type and id, and its fullUrl is not where the reference leads; refer to it by its fullUrl, or give both entries the base of one server.");

/** Bundle and entry that hold the current resource, however deep. */
const around = (holder: Holder): { readonly bundle: JsonObject; readonly resource: JsonObject } | undefined => {
  for (let at = holder; at.parent; at = at.parent) if (at.parent.resource['resourceType'] === 'Bundle') return { bundle: at.parent.resource, resource: at.resource };
  return undefined;
};

/**
 * A reference inside a Bundle's entry: what it leads to among the entries, by http://hl7.org/fhir/R4/bundle.html#references.
 * Undefined where it leads out of the Bundle; `outside` where there is no Bundle around.
 */
export const targetInBundle = (checker: Checker, reference: string): JsonObject | undefined | 'outside' => {
  const place = around(checker.holder);
  if (!place) return 'outside';
  const index = checker.bundleIndex(place.bundle);
  const from = index.entryOf(place.resource);
  if (from === undefined) return 'outside';
  const relative = !isAbsolute(reference);
  if (relative && from.fullUrl === undefined) {
    if (checker.trial === 0 && !/-response$/.test(String(place.bundle['type']))) checker.add(noFullUrl);
    return undefined;
  }
  if (relative && !/^[^/?]+\/[^/?]+(\/[^/?]+\/[^/?]+)?$/.test(reference.split('#')[0]!)) {
    const searches = /^(transaction|batch)$/.test(String(place.bundle['type']));
    if (checker.trial === 0 && !(searches && /^[A-Z][A-Za-z]+\?\S+=\S/.test(reference))) checker.add(badForm);
    return undefined;
  }
  const { entries, near } = index.find(reference, from, false);
  if (checker.trial === 0) {
    if (entries.length > 1) checker.add(several);
    const named = relative ? reference.slice(0, reference.indexOf('/')) : undefined;
    if (named !== undefined && entries[0]?.resource && entries[0].resource['resourceType'] !== named) checker.add(otherType);
    if (entries.length === 0 && reference.startsWith('urn:')) checker.add(notLocal);
    if (near.length > 0) checker.add(nearby);
  }
  return entries[0]?.resource;
};
