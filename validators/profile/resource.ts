import type { Site } from './base-source.ts';
import type { Checker } from './checker.ts';
import { parseNarrative } from './narrative-parse.ts';
import { holderOf, isObject, word, type JsonObject } from './run.ts';
import { statements } from './statements.ts';
import { checkSpecial } from './special.ts';

const noProfiles: ReadonlySet<string> = new Set();

/** A resource where it stands: its type, then the profiles it claims. The path and holder are already its own. Gives its written size. */
export const checkBody = (checker: Checker, resource: JsonObject, extra: readonly string[]): number => {
  const type = checker.program.resource(word(resource['resourceType']));
  if (!type) {
    checker.add(statements.unknownResource);
    return Number.NaN;
  }
  const size = type.check(resource, checker);
  orphans(checker, resource);
  const meta = resource['meta'];
  if (isObject(meta) && Array.isArray(meta['security']) && meta['security'].length > 1) securityTwice(checker, meta['security']);
  const claimed = isObject(meta) && Array.isArray(meta['profile']) ? meta['profile'] : [];
  if (claimed.length === 0 && extra.length === 0) { checkSpecial(checker, type, resource, noProfiles); return size; }
  const done = new Set<string>();
  claimed.forEach((canonical: unknown, i: number) => {
    if (typeof canonical === 'string' && canonical !== '' && !done.has(canonical)) { done.add(canonical); claim(checker, resource, type.name, canonical, i); }
  });
  for (const canonical of extra) if (!done.has(canonical)) { done.add(canonical); claim(checker, resource, type.name, canonical, -1); }
  checkSpecial(checker, type, resource, done);
  return size;
};

/** Security labels are a set by system and code: http://hl7.org/fhir/R4/resource.html#Meta */
const securityTwice = (checker: Checker, labels: readonly unknown[]): void => {
  const known = new Set<string>();
  labels.forEach((label, i) => {
    if (!isObject(label)) return;
    const key = JSON.stringify([label['system'], label['code']]);
    if (known.has(key)) checker.add({ rule: 'profile-security-twice', severity: 'error', code: 'business-rule', messageId: 'Meta_RES_Security_Duplicate', says: 'This security label is there already; keep one.' }, `.meta.security[${i}]`);
    known.add(key);
  });
};

export const claim = (checker: Checker, resource: JsonObject, type: string, canonical: string, index: number): void => {
  const profile = checker.program.profile(canonical) ;
  const at = index >= 0 ? `.meta.profile[${index}]` : '';
  if (!profile) {
    checker.add({ rule: 'profile-unknown', severity: 'warning', code: 'structure', messageId: 'Validation_VAL_Profile_Unknown_Not_Policy', unevaluated: true,
      says: 'No loaded package has this profile, so the resource was not checked against it; add the package that defines it.' }, at);
    return;
  }
  if (type !== profile.structure.type) {
    checker.add({ rule: 'profile-type', severity: 'error', code: 'invalid', messageId: 'Validation_VAL_Profile_WrongType', profile: profile.structure.url,
      says: `The profile ${profile.structure.url} is for ${profile.structure.type} and not for ${type}; claim a profile of this type.` });
    return;
  }
  if (profile.check) checker.claim(profile, resource);
};

/** A contained resource, an entry's, a parameter's. Gives its written size. */
export const checkResource = (checker: Checker, value: JsonObject, site: Site): number => {
  const contained = site.node.name === 'contained';
  if (contained && !checker.options.checkContained) return Number.NaN;
  const type = value['resourceType'];
  if (typeof type !== 'string' || !checker.program.catalog.isResource(type)) { checker.add(statements.unknownResource); return Number.NaN; }
  if (site.type.code !== 'Resource' && !checker.program.catalog.isA(type, site.type.code)) {
    checker.add({ rule: 'profile-type', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_WrongType', says: `A resource of type ${site.type.code} belongs here.` });
    return Number.NaN;
  }
  const holder = checker.holder;
  checker.holder = holderOf(value, checker.depth, holder);
  if (contained && value['id'] === undefined) checker.add(statements.containedId);
  const size = checkBody(checker, value, []);
  checker.holder = holder;
  return size;
};

/** Takes from `wanted` the ids that a value refers to by `#id`, and ends when none is left. `but` is passed over. */
const dropReferred = (value: unknown, wanted: Set<string>, but: unknown): void => {
  if (typeof value === 'string') { if (value.charCodeAt(0) === 35) wanted.delete(value.slice(1)); return; }
  if (typeof value !== 'object' || value === null || value === but) return;
  if (Array.isArray(value)) for (let i = 0; i < value.length && wanted.size > 0; i++) dropReferred(value[i], wanted, but);
  else for (const key in value) {
    if (wanted.size === 0) return;
    const item = (value as JsonObject)[key];
    if (key === 'div' && typeof item === 'string') for (const fragment of parseNarrative(item).fragments) wanted.delete(fragment); // an image or link of a narrative
    else dropReferred(item, wanted, but);
  }
};

/** dom-3, contained by contained: http://hl7.org/fhir/R4/domainresource.html */
const orphans = (checker: Checker, resource: JsonObject): void => {
  const { contained } = resource;
  if (!Array.isArray(contained) || !checker.options.checkContained) return;
  const unused = new Set<string>(), ids = new Set<string>();
  for (const c of contained) if (isObject(c) && typeof c['id'] === 'string') unused.add(c['id']);
  dropReferred(resource, unused, contained);
  contained.forEach((c, i) => {
    if (!isObject(c)) return;
    const id = c['id'];
    if (typeof id === 'string') {
      if (ids.has(id)) checker.add(statements.duplicateContainedId, `.contained[${i}]`);
      ids.add(id);
      if (!unused.has(id)) return;
    }
    const toContainer = new Set(['']);
    dropReferred(c, toContainer, undefined);
    if (toContainer.size === 0 || (typeof id === 'string' && contained.some((o, j) => { const one = new Set([id]); if (j !== i) dropReferred(o, one, undefined); return one.size === 0; }))) return;
    checker.add(statements.orphan, `.contained[${i}]`);
  });
};
