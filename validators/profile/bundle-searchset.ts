import type { BundleIndex, Entry } from './bundle-index.ts';
import type { Checker } from './checker.ts';
import { isObject, word, type JsonObject, type Statement } from './run.ts';

const say = (says: string, messageId: string, severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-bundle', severity, code: 'invalid', messageId, says });

const noSelf = say('A searchset should have a self link that says what was searched for; add it.', 'BUNDLE_SEARCH_NOSELF', 'warning');
const selfWithoutType = say('The self link names no resource type, so the types of the entries were not checked.', 'BUNDLE_SEARCH_SELF_NOT_UNDERSTOOD', 'information');
const noModes = say('The entries of a searchset should say why they are there (search.mode); add it.', 'BUNDLE_SEARCH_NO_MODE', 'warning');
const noResource = say('Each entry of a searchset must hold a resource; add it or remove the entry.', 'BUNDLE_SEARCH_ENTRY_NO_RESOURCE');
const noId = say('A resource that a search returns has an id; add it.', 'BUNDLE_SEARCH_ENTRY_NO_RESOURCE_ID');
const wrongType = say('This resource is of no type that was searched for; give its entry another search.mode, or remove it.', 'BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_MODE');
const unsureType = say('This resource is of no type that was searched for; is a search.mode missing?', 'BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_NO_MODE', 'warning');
const noOutcome = say('An entry with the mode outcome holds an OperationOutcome; give it another mode, or such a resource.', 'BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_OUTCOME');

/** Resource types that a search URL asks for: `…/Patient?…`, or `_type=Patient,Observation`. */
const typesOf = (checker: Checker, url: unknown): readonly string[] => {
  if (typeof url !== 'string') return [];
  const [path = '', query = ''] = url.split('?');
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (checker.program.catalog.isResource(last)) return [last];
  return query.split('&').flatMap((p) => (p.startsWith('_type=') ? p.slice('_type='.length).split(',') : []));
};

const modeOf = ({ entry }: Entry): unknown => (isObject(entry['search']) ? entry['search']['mode'] : undefined);

const withModes = (checker: Checker, entry: Entry, types: readonly string[]): void => {
  const at = `.entry[${entry.index}]`;
  const mode = modeOf(entry);
  if (mode === undefined) checker.add(noModes, at);
  if (!entry.resource) return checker.add(noResource, at);
  const type = word(entry.resource['resourceType']);
  if (mode === 'outcome') { if (type !== 'OperationOutcome') checker.add(noOutcome, `${at}.resource`); return; }
  if (mode === undefined) return;
  if (entry.local === undefined) checker.add(noId, `${at}.resource`);
  if (mode === 'match' && types.length > 0 && !types.includes(type)) checker.add(wrongType, `${at}.resource`);
};

const withoutModes = (checker: Checker, entries: readonly Entry[], types: readonly string[]): void => {
  const seen = new Set<string>();
  let unsure = types.length === 0;
  for (const { index, resource, local } of entries) {
    const at = `.entry[${index}]`;
    if (!resource) { checker.add(noResource, at); continue; }
    const type = word(resource['resourceType']);
    if (types.length > 0 && !types.includes(type)) { unsure = true; checker.add(unsureType, at); continue; }
    if (type === 'OperationOutcome') continue;
    seen.add(type);
    if (local === undefined) checker.add({ ...noId, severity: 'warning' }, `${at}.resource`);
  }
  if (unsure || seen.size > 1) checker.add(noModes);
};

/** http://hl7.org/fhir/R4/bundle.html#searchset, http://hl7.org/fhir/R4/search.html#modes */
export const checkSearchset = (checker: Checker, bundle: JsonObject, index: BundleIndex): void => {
  if (index.entries.length === 0) return;
  const links = Array.isArray(bundle['link']) ? bundle['link'] as readonly unknown[] : [];
  const self = links.find((l): l is JsonObject => isObject(l) && l['relation'] === 'self');
  const types = typesOf(checker, self?.['url']);
  if (!self) checker.add(noSelf);
  else if (types.length === 0 && checker.options.hints) checker.add(selfWithoutType);
  if (index.entries.some((e) => modeOf(e) !== undefined)) for (const entry of index.entries) withModes(checker, entry, types);
  else withoutModes(checker, index.entries, types);
};
