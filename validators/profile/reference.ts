import type { Checker } from './checker.ts';
import { core } from './catalog.ts';
import { isIdFrom } from './primitives.ts';
import type { ElementType } from './element-tree.ts';
import { isObject, word, type Holder, type JsonObject, type Statement } from './run.ts';
import { targetInBundle } from './reference-in-bundle.ts';
import { statements } from './statements.ts';

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?(?:#.*)?$/;
const conditional = /^([A-Z][A-Za-z]+)\?[^\s?&=]+=[^\s&]*(?:&[^\s?&=]+=[^\s&]*)*$/;
const absolute = /^https?:\/\/\S+$/;
const restful = /^https?:\/\/\S+\/([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?(?:#.*)?$/;

/** The resource type a reference names, where its form says so. */
export const typeNamed = (checker: Checker, reference: string): string | undefined => {
  const type = (relative.exec(reference) ?? conditional.exec(reference) ?? restful.exec(reference))?.[1];
  return type !== undefined && checker.program.catalog.isResource(type) ? type : undefined;
};

/** What Java calls white space, and the specification's patterns with it: a no-break space is none. */
const blank = /[ \t\n\v\f\r]/;

/** `odd`: has a path's form, but names no resource; servers and the HL7 engine let it pass, nobody can follow it. */
const formOf = (checker: Checker, reference: string): 'valid' | 'odd' | 'invalid' | 'no search' => {
  if (reference.startsWith('#') || absolute.test(reference)) return 'valid';
  const type = (relative.exec(reference) ?? conditional.exec(reference))?.[1];
  if (type !== undefined && checker.program.catalog.isResource(type)) return 'valid';
  if (/^[A-Z][A-Za-z]+\?/.test(reference) && !blank.test(reference) && !conditional.test(reference)) return 'no search';
  if (reference.startsWith('urn:uuid:')) return /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference) ? 'valid' : 'odd';
  return blank.test(reference) ? 'invalid' : /^[a-z][a-z0-9+.-]*:\S+$/i.test(reference) ? 'valid' : 'odd';
};

/** The outermost resource of the current contained ones: where `#id` looks. */
export const containerOf = (holder: Holder): JsonObject => {
  let at = holder;
  while (at.parent && Array.isArray(at.parent.resource['contained']) && at.parent.resource['contained'].includes(at.resource)) at = at.parent;
  return at.resource;
};

export type Target = { readonly resource: JsonObject; readonly contained: boolean };

/** What a reference leads to inside this input: a contained resource, or an entry of a Bundle around it. */
export const resolveReference = (checker: Checker, reference: string): Target | undefined => {
  const container = containerOf(checker.holder);
  if (reference === '#') return { resource: container, contained: true };
  if (reference.startsWith('#')) {
    const contained = container['contained'];
    const found = Array.isArray(contained) ? contained.find((r) => isObject(r) && r['id'] === reference.slice(1)) : undefined;
    return found ? { resource: found as JsonObject, contained: true } : undefined;
  }
  for (let at: Holder | undefined = checker.holder; at; at = at.parent) {
    if (at.resource['resourceType'] !== 'Bundle') continue;
    const entry = checker.bundleIndex(at.resource).lenient(reference);
    if (entry) return { resource: entry, contained: false };
  }
  return undefined;
};

/** As resolveReference, but by the strict rules of a Bundle, which it checks on the way. */
const targetOf = (checker: Checker, reference: string): Target | undefined => {
  const inBundle = reference.startsWith('#') ? 'outside' : targetInBundle(checker, reference);
  if (inBundle === 'outside') return resolveReference(checker, reference);
  return inBundle && { resource: inBundle, contained: false };
};

/** A uri that is a fragment should lead to a contained resource. */
export const fragmentFindings = (checker: Checker, uri: string): void => {
  if (checker.options.hints && !resolveReference(checker, uri)) checker.add(statements.danglingFragment);
};

/** A place that refers; `targets` are the type names it may lead to, worked out when first asked for. Empty: any. */
export type Referring = { readonly type: ElementType; readonly source: string; targets?: readonly string[] };

/** With `unknownExtension: 'error'`: the profiles of the target must be there too. */
const lacksTargets = (checker: Checker, { type }: Referring): boolean => checker.options.unknownExtension === 'error' && type.targetProfile !== undefined && type.targetProfile.length > 0
  && type.targetProfile.every((t) => !checker.program.catalog.structure(t));

const typesOf = (checker: Checker, site: Referring): readonly string[] => site.targets ??= targetTypes(checker, site.type.targetProfile ?? []);

const targetTypes = (checker: Checker, targets: readonly string[]): readonly string[] =>
  targets.map((t) => (t.startsWith(core) && checker.program.catalog.isResource(t.slice(core.length)) ? t.slice(core.length) : checker.program.catalog.structure(t)?.type ?? 'Resource'));

const allowed = (checker: Checker, types: readonly string[], type: string): boolean =>
  types.some((t) => t === 'Resource' || t === type || checker.program.catalog.isA(type, t));

/** `urn:uuid:` with 36 characters, `Type/id` and `Type?search` of an allowed type: nearly all there are. */
const isPlain = (checker: Checker, reference: string, types: readonly string[]): boolean => {
  if (reference.length === 45 && reference.charCodeAt(8) === 58 && reference.startsWith('urn:uuid:')) return checker.holder.parent === undefined;
  for (let i = 0; i < types.length; i++) {
    const type = types[i]!;
    const after = reference.charCodeAt(type.length);
    if ((after !== 47 && after !== 63) || !reference.startsWith(type)) continue;
    if (after === 47) return isIdFrom(reference, type.length + 1);
    return checker.unescaped && reference.length > type.length + 1 && !reference.includes(' ') && !reference.includes('?', type.length + 1);
  }
  if (types.length > 0 && types[0] !== 'Resource') return false;
  const slash = reference.indexOf('/');
  return slash > 0 && isIdFrom(reference, slash + 1) && checker.program.catalog.isResource(reference.slice(0, slash));
};

/** Reference and canonical: form, target type by form, and the target itself where it is in the same input. */
export const checkReference = (checker: Checker, value: unknown, site: Referring): void => {
  if (site.type.code === 'canonical') return;
  if (!isObject(value)) return;
  const { reference } = value;
  if (reference === undefined) {
    if (value['identifier'] === undefined && value['display'] === undefined && value['extension'] === undefined && Object.keys(value).length > 0) checker.add(statements.noDisplay);
    if (typeof value['type'] === 'string') checkType(checker, value['type'], site);
    return;
  }
  if (typeof reference !== 'string' || reference === '') return;
  const { bundled } = checker.holder; // references in a Bundle may lead to its entries
  if (!bundled && value['type'] === undefined && site.type.aggregation === undefined && isPlain(checker, reference, typesOf(checker, site))) return;
  const form = formOf(checker, reference);
  if (form === 'invalid') return checker.add(statements.badReference);
  if (form === 'no search') return checker.add(statements.badSearch);
  if (form === 'odd' && !bundled) { checker.add(statements.oddReference); return; }
  const target = targetOf(checker, reference);
  if (!target && reference.startsWith('#')) checker.add(statements.unresolved);
  checkAggregation(checker, site, target, reference.startsWith('#'));
  const type = target ? word(target.resource['resourceType']) : typeNamed(checker, reference);
  const stated = typeof value['type'] === 'string' ? value['type'] : undefined;
  if (type === undefined) { if (stated !== undefined) checkType(checker, stated, site); return; }
  if (stated !== undefined && stated !== type) {
    checker.add({ rule: 'profile-reference-target', severity: 'error', code: 'structure', messageId: 'Reference_REF_WrongTarget_BAD_TYPE',
      says: 'The type stated in the reference is not the type it leads to; correct one of them.' });
  }
  if (!checkType(checker, type, site) || !target) return;
  if (lacksTargets(checker, site)) return checker.add(unknownTargets(site));
  // Of the targets allowed, those for this type: the base type among them lets every such resource be.
  const allowedHere = (site.type.targetProfile ?? []).map((p) => ({ p, structure: checker.program.catalog.structure(p) })).filter(({ structure }) => structure && checker.program.catalog.isA(type, structure.type));
  const profiles = allowedHere.map(({ p }) => p);
  if (profiles.length > 0 && allowedHere.every(({ structure }) => structure!.derivation === 'constraint') && (checker.open?.size ?? 0) < 50) {
    const key = `${profiles.join()} ${checker.identity(target.resource)}`;
    const open = (checker.open ??= new Set());
    if (open.has(key)) return; // a circle of references: assumed while it is being checked
    open.add(key);
    try {
      if (!profiles.some((p) => checker.conformsTo(target.resource, p))) {
        checker.add({ rule: 'profile-reference-target', severity: 'error', code: 'structure', messageId: 'Reference_REF_CantMatchChoice', profile: site.source,
          says: `What this reference leads to conforms to none of the profiles allowed here (${profiles.join(', ')}); refer to a resource that does.` });
      }
    } finally { open.delete(key); }
  }
};

/** Where the target may be: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.aggregation */
const checkAggregation = (checker: Checker, { type, source }: Referring, target: Target | undefined, local: boolean): void => {
  const { aggregation } = type;
  if (!aggregation || aggregation.length === 0) return;
  const statement = { rule: 'profile-reference-aggregation', severity: 'error', profile: source, says: `What this reference leads to must be ${aggregation.join(' or ')}; put it there.` } as const;
  if (!target) { if (!local && !aggregation.includes('referenced')) checker.add({ ...statement, code: 'required', messageId: 'Reference_REF_NotFound_Bundle' }); return; }
  if (!aggregation.includes(target.contained ? 'contained' : 'bundled') && (target.contained || !aggregation.includes('referenced'))) checker.add({ ...statement, code: 'structure', messageId: 'Reference_REF_Aggregation' });
};

const unknownTargets = ({ source }: Referring): Statement => ({ rule: 'profile-unknown', severity: 'error', code: 'structure', messageId: 'Reference_REF_BadTargetType', profile: source,
  says: 'No loaded package has the profiles that what is referred to must follow; add the package that defines them.' });

const checkType = (checker: Checker, type: string, site: Referring): boolean => {
  const types = typesOf(checker, site);
  if (types.length === 0 || allowed(checker, types, type)) return true;
  checker.add({ rule: 'profile-reference-target', severity: 'error', code: 'structure', messageId: 'Reference_REF_BadTargetType', profile: site.source,
    says: `This element may refer to ${[...new Set(types)].join(' or ')} only; refer to one of those.` });
  return false;
};
