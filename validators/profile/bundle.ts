import { checkActions } from './bundle-actions.ts';
import { isAbsolute, type BundleIndex, type Entry } from './bundle-index.ts';
import { checkLinked, refersRelatively } from './bundle-linked.ts';
import { checkSearchset } from './bundle-searchset.ts';
import type { Checker } from './checker.ts';
import { isObject, type JsonObject, type Statement } from './run.ts';

const say = (says: string, messageId: string, code = 'invalid', severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-bundle', severity, code, messageId, says });

const repeated = say('A Bundle has one link of this relation only; keep one.', 'BUNDLE_LINK_SEARCH_NO_DUPLICATES');
const paging = say('Links for paging belong in searchset and history Bundles only; remove the link.', 'BUNDLE_LINK_SEARCH_PROHIBITED');
const nothing = say('A document or message must have entries, a Composition or MessageHeader first; add them.', 'Bundle_BUNDLE_Entry_NoFirst');
const noFirst = say('The first entry of a document or message must hold a resource: the Composition or MessageHeader; add it.', 'Bundle_BUNDLE_Entry_NoFirstResource');
const noComposition = say('The first entry of a document must be a Composition; put it first.', 'Bundle_BUNDLE_Entry_Document');
const noHeader = say('The first entry of a message must be a MessageHeader; put it first.', 'VALIDATION_BUNDLE_MESSAGE');
const relativeUrl = say('Each fullUrl must be an absolute URL, or a URN such as urn:uuid:…, and from this entry on they are not; give the whole URLs.', 'BUNDLE_ENTRY_URL_ABSOLUTE');
const urlWithoutId = say("This fullUrl is that of a resource on a server, and the resource has no id; give it the id at the URL's end.", 'BUNDLE_ENTRY_URL_MATCHES_NO_ID');
const otherUrl = say("This fullUrl is that of a resource on a server, and its end is not the resource's type and id; correct one of them.", 'BUNDLE_ENTRY_URL_MATCHES_TYPE_ID');
const noUrl = say('Only in transactions and batches may an entry lack its fullUrl; add it.', 'BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED');
const noUrlForReferences = say('The entry has relative references, which mean nothing without a fullUrl; add it.', 'Bundle_BUNDLE_Entry_NoFullUrl', 'required');
const canonicalUrl = say("The fullUrl is the resource's canonical URL, which does not end with its type and id; give the URL it has on its server, or a urn:uuid.", 'Bundle_BUNDLE_Entry_MismatchIdUrl');

const pagingRelations = /^(first|previous|prev|next|last)$/;

/** Paging: http://hl7.org/fhir/R4/http.html#paging; other Bundles have none: http://hl7.org/fhir/R4/bundle.html#link */
const checkLinks = (checker: Checker, links: unknown, type: unknown): void => {
  if (!Array.isArray(links)) return;
  const pages = type === 'searchset' || type === 'history';
  const seen = new Set<unknown>();
  links.forEach((link: unknown, i: number) => {
    if (!isObject(link) || typeof link['relation'] !== 'string') return;
    const { relation } = link as { relation: string };
    if (!pages && pagingRelations.test(relation) && relation !== 'prev') checker.add(paging, `.link[${i}].relation`);
    if (seen.has(relation) && (relation === 'self' || (pages && pagingRelations.test(relation)))) checker.add(repeated, pages ? `.link[${i}]` : `.link[${i}].relation`);
    seen.add(relation);
  });
};

const restful = /^https?:\/\/(?:[^\s?#/]+\/)+([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;

/** http://hl7.org/fhir/R4/bundle.html#bundle-unique */
const checkFullUrl = (checker: Checker, { index, fullUrl, resource, local }: Entry, type: unknown): void => {
  const at = `.entry[${index}]`;
  if (fullUrl === undefined) {
    if (!optionalUrls.has(type)) checker.add(noUrl, at);
    else if (resource && !/-response$/.test(String(type)) && refersRelatively(resource)) checker.add(noUrlForReferences, at);
    return;
  }
  if (!isAbsolute(fullUrl) || !resource) return;
  const named = restful.exec(fullUrl)?.[1];
  const onServer = named !== undefined && checker.program.catalog.isResource(named);
  if (onServer) {
    if (local === undefined) checker.add(urlWithoutId, at);
    else if (!fullUrl.endsWith(`/${local}`)) checker.add(otherUrl, at);
  }
  const { url, id } = resource;
  if (url === fullUrl && !(onServer && fullUrl.endsWith(`/${String(id)}`)) && !/^http:\/\/hl7\.org\/fhir\/v[23]\//.test(fullUrl)) checker.add(canonicalUrl, at);
};

const optionalUrls: ReadonlySet<unknown> = new Set(['transaction', 'transaction-response', 'batch', 'batch-response']);

const checkFirst = (checker: Checker, index: BundleIndex, type: 'document' | 'message'): void => {
  const first = index.entries[0];
  if (!first?.resource) return checker.add(noFirst, '.entry[0]');
  const wanted = type === 'document' ? 'Composition' : 'MessageHeader';
  if (first.resource['resourceType'] !== wanted) return checker.add(type === 'document' ? noComposition : noHeader, '.entry[0].resource');
};

/** What http://hl7.org/fhir/R4/bundle.html, documents.html and messaging.html state in words. */
export const checkBundle = (checker: Checker, bundle: JsonObject): void => {
  const { type } = bundle;
  checkLinks(checker, bundle['link'], type);
  const index = checker.bundleIndex(bundle);
  if (type === 'document' || type === 'message') {
    if (index.entries.length === 0) return checker.add(nothing);
    checkFirst(checker, index, type);
    checkLinked(checker, bundle, index, type);
  } else if (type === 'searchset') checkSearchset(checker, bundle, index);
  else if (type === 'transaction' || type === 'batch' || type === 'history') checkActions(checker, index, type);
  // Bundles made of relative fullUrls have them throughout: said once.
  const relative = index.entries.find((e) => e.fullUrl !== undefined && !isAbsolute(e.fullUrl));
  if (relative) checker.add(relativeUrl, `.entry[${relative.index}]`);
  for (const entry of index.entries) checkFullUrl(checker, entry, type);
};
