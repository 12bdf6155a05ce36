import { isAbsolute, type BundleIndex, type Entry } from './bundle-index.ts';
import type { Checker } from './checker.ts';
import { isObject, type JsonObject, type Statement } from './run.ts';

const say = (says: string, messageId: string, code: string, severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-bundle', severity, code, messageId, says });

const absent = say('What a document or message refers to here must be in the Bundle, and is not; add it as an entry.', 'Bundle_BUNDLE_Entry_NotFound', 'not-found');
const near = say("An entry has this type and id, and its fullUrl does not match the reference; refer to it by its fullUrl, or give both entries the base of one server.", 'BUNDLE_BUNDLE_ENTRY_NOTFOUND_APPARENT_one', 'invalid');
const several = say('More than one entry of the Bundle has the fullUrl referred to; keep one.', 'BUNDLE_BUNDLE_ENTRY_FOUND_MULTIPLE', 'invalid');
const orphanInDocument = say('Nothing leads from the Composition to this entry; refer to it, or remove it from the document.', 'Bundle_BUNDLE_Entry_Orphan_DOCUMENT', 'informational');
const orphanInMessage = say('Nothing leads from the MessageHeader to this entry; check that the message needs it.', 'Bundle_BUNDLE_Entry_Orphan_MESSAGE', 'informational', 'warning');
const backwardsInDocument = say('This entry refers to the document and nothing in the document refers to it, which is meant for Provenance only; refer to it from the Composition.', 'BUNDLE_BUNDLE_ENTRY_REVERSE_R4', 'invalid', 'warning');
const backwardsInMessage = say('This entry refers to the message and nothing in the message refers to it; check that the message needs it.', 'BUNDLE_BUNDLE_ENTRY_REVERSE_MSG', 'informational', 'information');

/** A reference, or a URL that may lead to an entry, with its path below the Bundle. */
type Link = { readonly to: string; readonly at: string; readonly reference: boolean };

const notLinks = new Set(['system', 'fullUrl', 'profile', 'implicitRules', 'endpoint', 'address']);

/** Everything in a resource that may lead to another entry; what is in a Bundle within it leads nowhere here. */
const linksOf = (value: unknown, at: string, out: Link[], inExtension = false): void => {
  if (Array.isArray(value)) { value.forEach((item, i) => { linksOf(item, `${at}[${i}]`, out, inExtension); }); return; }
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (typeof item === 'string') {
      if (key === 'reference') { if (!item.startsWith('#')) out.push({ to: item, at, reference: true }); } else if (/(^url|Ur[li])$/.test(key) && !(inExtension && key === 'url') && !notLinks.has(key)) out.push({ to: item, at: `${at}.${key}`, reference: false });
    } else if (!(isObject(item) && item['resourceType'] === 'Bundle')) linksOf(item, `${at}.${key}`, out, /xtension$/.test(key));
  }
};

export const refersRelatively = (resource: JsonObject): boolean => {
  const links: Link[] = [];
  linksOf(resource, '', links);
  return links.some(({ reference, to }) => reference && !isAbsolute(to));
};

/** Places whose references must be entries: http://hl7.org/fhir/R4/documents.html#content, http://hl7.org/fhir/R4/messageheader.html */
const mustResolve = /\.resource\.(subject|encounter|custodian|author\[\d+\]|attester\[\d+\]\.party|event\[\d+\]\.detail\[\d+\]|(section\[\d+\]\.)+(author\[\d+\]|focus|entry\[\d+\])|focus\[\d+\])$/;

const follow = (checker: Checker, index: BundleIndex, from: Entry, { to, at, reference }: Link, first: boolean): Entry | undefined => {
  const found = index.find(to, from, true);
  if (found.entries.length === 1) return found.entries[0];
  if (!reference) return undefined;
  // Elsewhere than in the Composition or MessageHeader each place has a warning of its own (reference-in-bundle.ts).
  const place = first && mustResolve.test(at) ? at : '';
  if (found.entries.length > 1) checker.add(several, place);
  else if (found.near.length > 0) checker.add(near, place);
  else if (first && mustResolve.test(at) && (isAbsolute(to) || /^[A-Z][A-Za-z]+\//.test(to))) checker.add(absent, at);
  return undefined;
};

/** All that can be reached from an entry, itself included, in the order of `reached`. */
const reach = (from: Entry, links: ReadonlyMap<Entry, readonly Entry[]>, reached: Set<Entry>): void => {
  const open = [from];
  for (let at = open.pop(); at; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    for (const next of links.get(at) ?? []) open.push(next);
  }
};

/** Entries of a document or message hang together: http://hl7.org/fhir/R4/documents.html#bundle, http://hl7.org/fhir/R4/messaging.html#bundle */
export const checkLinked = (checker: Checker, bundle: JsonObject, index: BundleIndex, type: 'document' | 'message'): void => {
  const held = index.entries.filter((e) => e.resource);
  const head = held[0]?.resource!['resourceType'] === (type === 'document' ? 'Composition' : 'MessageHeader') ? held[0] : undefined;
  const [links, linkedFrom] = [new Map<Entry, Entry[]>(), new Map<Entry, Entry[]>()];
  for (const entry of held) {
    const out: Link[] = [];
    linksOf(entry.resource, `.entry[${entry.index}].resource`, out);
    const targets = new Set<Entry>();
    for (const link of out) { const target = follow(checker, index, entry, link, entry === head); if (target && target !== entry) targets.add(target); }
    links.set(entry, [...targets]);
    for (const target of targets) { const known = linkedFrom.get(target); if (known) known.push(entry); else linkedFrom.set(target, [entry]); }
  }
  const reached = new Set<Entry>();
  if (held[0]) reach(held[0], links, reached);
  const stylesheets = (Array.isArray(bundle['link']) ? bundle['link'] as readonly unknown[] : []).flatMap((l) => (isObject(l) && l['relation'] === 'stylesheet' ? [l['url']] : []));
  for (const entry of held) if (stylesheets.includes(entry.local)) reached.add(entry);
  // The set grows while it is gone through: what is reached backwards may itself be referred to.
  for (const entry of reached) {
    for (const from of linkedFrom.get(entry) ?? []) {
      if (reached.has(from)) continue;
      if (from.resource!['resourceType'] !== 'Provenance') checker.add(type === 'document' ? backwardsInDocument : backwardsInMessage, `.entry[${from.index}]`);
      reach(from, links, reached);
    }
  }
  for (const entry of held) if (!reached.has(entry)) checker.add(type === 'document' ? orphanInDocument : orphanInMessage, `.entry[${entry.index}]`);
};
