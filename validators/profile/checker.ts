import type { Site } from './base-source.ts';
import { BundleIndex } from './bundle-index.ts';
import { checkAttachment } from './attachment.ts';
import { bind, coded, noValue } from './binding.ts';
import { upper } from './catalog.ts';
import { checkExtensions } from './extension.ts';
import { differences, fits, misfits, same } from './fixed-value.ts';
import type { Invariant } from './invariant.ts';
import { markupFindings, numberFindings, primitiveFindings, resourceIdFindings } from './primitive-findings.ts';
import type { ChoiceEntry, ChoiceSite, ProfileSite } from './profile-source.ts';
import type { Profile, Program } from './program.ts';
import { checkReference, fragmentFindings, resolveReference, type Referring } from './reference.ts';
import { checkResource } from './resource.ts';
import { Run, holderOf, isObject, type Holder, type JsonObject, type Statement } from './run.ts';
import type { Scan } from './scan.ts';
import { assignSlices } from './assign-slices.ts';
import type { SlicingSpec } from './slicing.ts';
import { statements } from './statements.ts';
import { writtenSize } from './written-size.ts';
import type { ElementNode } from './element-tree.ts';
import { compareToLimit } from './limit.ts';

export type Options = {
  /** Canonicals that the resource is checked against, besides those it claims. */
  readonly profiles: readonly string[];
  readonly bestPractice: boolean;
  /** An extension that no package defines: `information` or `error`. With `error` so too are profiles that an element or a reference must follow and no package has. */
  readonly unknownExtension: 'information' | 'error';
  /** Example URLs (example.org) are let pass. */
  readonly allowExamples: boolean;
  /** A display that the code system does not give its code: HL7's engine calls it an error, EHRs differ too often for that. */
  readonly displays: 'warning' | 'error';
  /** Texts with what looks like HTML are errors; otherwise, with `hints`, they get a hint. */
  readonly securityChecks: boolean;
  /** Say also what is only worth knowing: elements that fit no slice, profiles that apply by a code. */
  readonly hints: boolean;
  /** Contained resources are checked themselves. */
  readonly checkContained: boolean;
};

type Where = { readonly node: ElementNode; readonly source: string; readonly holder: string };

const child = (node: ElementNode): string => node.id.slice(node.id.lastIndexOf('.') + 1);

/** What generated code calls: one per validation. Names are short where they are called often. */
export class Checker extends Run {
  readonly program: Program;
  readonly options: Options;
  /** Above 0, elements that fit no slice are not worth a hint: nobody claimed this profile. */
  quiet = 0;
  readonly longNumbers: boolean;
  /** HTML in texts is looked for. */
  readonly wary: boolean;
  readonly oddNumbers: boolean;
  /** Profiles being checked, each followed by its resource. */
  private readonly claims: (Profile | JsonObject)[] = [];
  /** The url of the extension that is being checked, for those on its value. */
  extensionUrl: unknown;
  private identities: Map<JsonObject, number> | undefined;
  private bundles: Map<JsonObject, BundleIndex> | undefined;
  /** The last test of a slice failed for want of a value set that can be worked out. */
  undecided = false;

  constructor(program: Program, options: Options, resource: JsonObject, bytes: Uint8Array, text: string, scan?: Scan) {
    super(resource, bytes, text, scan);
    this.program = program;
    // The name of no known type may be anything: it is not repeated.
    const name = this.names[0]!;
    this.names[0] = program.resource(name)?.name ?? (program.catalog.isResource(name) ? name : 'Resource');
    this.options = options;
    this.wary = options.securityChecks || options.hints;
    this.longNumbers = this.scan !== undefined && this.scan.longNumbers.size > 0;
    this.oddNumbers = this.scan !== undefined && this.scan.oddIntegers.size > 0;
  }

  // Structure

  notObject(value: unknown, _site: Site): void { this.add(value === null ? statements.nullItem : statements.notObject); }
  notList(value: unknown, site: Site): void {
    this.enter(site.label, -1);
    this.add(statements.notList);
    this.depth--;
    void value;
  }
  emptyList(site: Site): void {
    this.enter(site.label, -1);
    this.add(this.program.catalog.isPrimitive(site.type.code) ? statements.emptyPrimitives : statements.emptyList);
    this.depth--;
  }
  noContent(isResource: boolean): void { if (!isResource) { this.add(statements.noContent); this.add(statements.emptyElement); } }
  enter(name: string, index: number): void { this.names[this.depth] = name; this.indices[this.depth++] = index; }

  unknown(key: string, value: unknown, at: { readonly holder: string; readonly names: readonly string[] }): void {
    void value;
    const near = nearest(key, at.names);
    this.add({ rule: 'profile-unknown-property', severity: 'error', code: 'structure', messageId: 'Unrecognised_property_',
      says: `This object has a property that ${at.holder} does not define; remove or rename it${near ? ` (did you mean ${near}?)` : ''}.` });
  }
  missing(at: Where): void {
    this.add({ rule: 'profile-cardinality', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_Minimum', profile: at.source,
      says: `${at.node.path} is required and absent; add it.` });
  }
  twoChoices(key: string, o: JsonObject, at: Where): void {
    void key;
    const given = at.node.types.filter(({ code }) => { const name = at.node.name + upper(code); return o[name] !== undefined || o[`_${name}`] !== undefined; });
    if (given.length < 2) return; // a value and its own sibling
    this.add({ rule: 'profile-choice', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_Maximum', profile: at.source,
      says: `${at.node.path} takes one value of one type, and there are several; keep one.` });
  }
  /** Called for every element's id: few elements have one. */
  elementId(value: unknown): void {
    if (typeof value !== 'string' || value === '') return this.addAt('id', statements.badElementId);
    if (value.length > 1_048_576) this.addAt('id', statements.longElementId);
    if (/\s/.test(value)) this.addAt('id', statements.spacedElementId);
    // A StructureDefinition has the same element ids in both its views.
    if (this.holder.resource['resourceType'] === 'StructureDefinition') return;
    const ids = (this.holder.ids ??= new Set());
    if (ids.has(value)) this.add(statements.duplicateElementId);
    ids.add(value);
  }
  private addAt(name: string, statement: Statement): void { this.enter(name, -1); this.add(statement); this.depth--; }
  resourceId(value: unknown): void { this.enter('id', -1); resourceIdFindings(this, value); this.depth--; }
  /** A primitive whose quick test failed; `o` holds it. */
  primitive(value: unknown, site: Site, index: number, o: JsonObject): number {
    this.enter(site.label, index);
    if (value === null && site.node.list) {
      const beside = o[`_${site.key}`]; // null holds the place of a primitive that has extensions only
      if (!Array.isArray(beside) || beside[index] == null) this.add(statements.nullItem);
    } else {
      primitiveFindings(this, site.type.code, value);
      if (this.wary && typeof value === 'string') markupFindings(this, site.type.code, value, this.options.securityChecks);
      if (typeof value === 'string' && value.charCodeAt(0) === 35 && /^ur[il]$/.test(site.type.code)) fragmentFindings(this, value);
    }
    this.depth--;
    return writtenSize(value);
  }
  number(value: unknown, site: Site, index: number): void {
    this.enter(site.label, index);
    if (typeof value === 'number') numberFindings(this, site.type.code, value);
    this.depth--;
  }
  maxLengthAt(site: Site, index: number): void { this.enter(site.label, index); this.maxLength(site); this.depth--; }
  maxLength(site: { readonly node: ElementNode; readonly source: string }): void {
    this.add({ rule: 'profile-max-length', severity: 'error', code: 'too-long', messageId: 'Validation_VAL_Profile_MaxLength', profile: site.source,
      says: `The value is longer than the ${site.node.definition.maxLength} characters allowed here; shorten it.` });
  }
  minLength(site: ProfileSite, least: number): void {
    this.add({ rule: 'profile-min-length', severity: 'error', code: 'invalid', messageId: 'PRIMITIVE_TOOSHORT', profile: site.source,
      says: `The value is shorter than the ${least} characters asked for here; complete it.` });
  }
  form(site: ProfileSite): void {
    this.add({ rule: 'profile-form', severity: 'error', code: 'invalid', messageId: 'TYPE_SPECIFIC_CHECKS_DT_PRIMITIVE_REGEX', profile: site.source,
      says: `${site.node.id} must have the form that this profile gives by a pattern; correct the value.` });
  }
  /** `_name`: ids and extensions of primitives. */
  sibling(value: unknown, o: JsonObject, site: Site): void {
    const one = (item: unknown, index: number): void => {
      if (item === null && site.node.list) return;
      this.enter(site.label, index);
      if (!isObject(item)) this.add(statements.siblingShape);
      else {
        let n = 0;
        const keys = Object.keys(item);
        if (keys.length === 0) this.add(statements.noContent);
        for (const key of keys) {
          if (key === 'id') this.elementId(item[key]);
          else if (key === 'extension') { n++; this.extensions(item[key], false, site.type.code, item); }
          else this.unknown(key, item[key], { holder: site.type.code, names: ['id', 'extension'] });
        }
        const beside = o[site.key];
        const { binding } = site.node.definition;
        if (site.node.definition.base?.path === 'Resource.id' && beside === undefined) resourceIdFindings(this, '');
        if (n > 0 && site.type.code === 'code' && binding?.strength === 'required' && (index < 0 ? beside === undefined : !Array.isArray(beside) || beside[index] == null)) noValue(this, site.source);
        if (n === 0 && (index < 0 ? beside === undefined : !Array.isArray(beside) || beside[index] == null)) this.add(statements.emptyElement);
      }
      this.depth--;
    };
    if (site.node.list) {
      if (!Array.isArray(value)) { this.enter(site.label, -1); this.add(statements.siblingShape); this.depth--; return; }
      value.forEach(one);
    } else one(value, -1);
  }
  extensions(value: unknown, modifier: boolean, holder: string, element: JsonObject): number { return checkExtensions(this, value, modifier, { element, holder }); }
  resource(value: JsonObject, site: Site): number { return checkResource(this, value, site); }

  // Values

  bind(value: unknown, site: Site): void { bind(this, value, site); }
  bindAt(value: unknown, site: Site, index: number): void { this.enter(site.label, index); bind(this, value, site); this.depth--; }
  coded(value: unknown, site: Site): void { coded(this, value, site); }
  attachment(value: JsonObject): void { checkAttachment(this, value); }
  identifier(value: JsonObject): void {
    const system = typeof value['system'] === 'number' || typeof value['system'] === 'boolean' ? String(value['system']) : value['system'];
    if (typeof system === 'string' && system !== '' && !/^[a-z][a-z0-9+.-]*:/.test(system)) this.add(statements.identifierSystem);
    else if (system === 'urn:ietf:rfc:3986' && typeof value['value'] === 'string' && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value['value'])) this.add(statements.identifierUri);
  }
  /** For slices: false too where nobody can tell, which `undecided` then says. */
  inValueSet(value: unknown, valueSet: string): boolean {
    const codings = typeof value === 'string' ? [{ code: value }] : isObject(value) ? (Array.isArray(value['coding']) ? value['coding'] : [value]) : [];
    for (const c of codings as readonly unknown[]) {
      if (!isObject(c) || typeof c['code'] !== 'string') continue;
      const found = this.program.terminology.has(valueSet, typeof value === 'string' ? undefined : typeof c['system'] === 'string' ? c['system'] : ' ', c['code']);
      if (found) return true;
      if (found === undefined) this.undecided = true;
    }
    return false;
  }
  reference(value: unknown, site: Referring): void { checkReference(this, value, site); }
  referenceAt(value: unknown, site: Site, index: number): void { this.enter(site.label, index); checkReference(this, value, site); this.depth--; }
  resolveTarget(value: unknown): JsonObject | undefined {
    const reference = isObject(value) ? value['reference'] : value;
    return typeof reference === 'string' ? resolveReference(this, reference)?.resource : undefined;
  }
  fixed(value: unknown, site: ProfileSite): void {
    const { fixed } = site.node;
    if (same(value, fixed!.value)) return;
    for (const below of differences(value, fixed!.value)) this.add({ rule: 'profile-fixed', severity: 'error', code: 'value', messageId: '_DT_Fixed_Wrong', profile: site.source,
      says: `${site.node.id} has one fixed value in this profile, and this is another; use the fixed value.` }, below);
  }
  pattern(value: unknown, site: ProfileSite): void {
    const { pattern } = site.node;
    if (fits(value, pattern!.value)) return;
    for (const below of misfits(value, pattern!.value)) this.add({ rule: 'profile-pattern', severity: 'error', code: 'value', profile: site.source,
      messageId: pattern!.type === 'codeableConcept' ? 'TYPE_CHECKS_PATTERN_CC' : '_DT_Fixed_Wrong',
      says: `${site.node.id} must hold the pattern that this profile gives; add what the pattern asks for.` }, below);
  }
  limit(value: unknown, site: ProfileSite, which: 'minValue' | 'maxValue'): void { compareToLimit(this, value, site, which); }
  invariant(value: unknown, invariant: Invariant, sibling?: JsonObject): void { this.program.invariants.check(this, value, invariant, sibling); }

  /** Checks a resource against a profile, once at a time: a profile that leads back to itself ends. */
  claim(profile: Profile, resource: JsonObject): void {
    const { claims } = this;
    for (let i = 0; i < claims.length; i += 2) if (claims[i] === profile && claims[i + 1] === resource) return;
    claims.push(profile, resource);
    try { profile.check?.(resource, this); } finally { claims.length -= 2; }
  }
  /** Tells resources of this input apart, for circles. */
  identity(resource: JsonObject): number {
    const identities = (this.identities ??= new Map());
    let known = identities.get(resource);
    if (known === undefined) identities.set(resource, known = identities.size);
    return known;
  }
  bundleIndex(bundle: JsonObject): BundleIndex {
    const bundles = (this.bundles ??= new Map());
    let known = bundles.get(bundle);
    if (!known) bundles.set(bundle, known = new BundleIndex(bundle));
    return known;
  }

  // Profiles

  minimum(count: number, site: ProfileSite): void {
    void count;
    this.add({ rule: 'profile-cardinality', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_Minimum', profile: site.source,
      says: `${site.node.id} must be present at least ${site.node.min === 1 ? 'once' : `${site.node.min} times`}; add it.` });
  }
  maximum(count: number, site: ProfileSite): void {
    void count;
    this.add({ rule: 'profile-cardinality', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_Maximum', profile: site.source,
      says: site.node.max === 0 ? `${site.node.id} must not be present; remove it.` : `${site.node.id} may be present at most ${site.node.max === 1 ? 'once' : `${site.node.max} times`}; remove the others.` });
  }
  choice(o: JsonObject, site: ChoiceSite): ChoiceEntry | undefined {
    const { entries } = site;
    for (let i = 0; i < entries.length; i++) { const e = entries[i]!;
      const v = o[e.key];
      if ((v !== undefined && v !== null && !Array.isArray(v)) || o[`_${e.key}`] !== undefined) return e; }
    return undefined;
  }
  wrongType(site: ChoiceSite): void {
    const ofExtension = site.node.path === 'Extension.value[x]', ofPart = site.node.path.endsWith('.extension.value[x]');
    if (ofExtension) this.depth--; // said of the extension, whose value this is
    this.add({ rule: 'profile-type', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_WrongType', profile: site.source,
      says: `${child(site.node)} must here be of type ${site.entries.filter((e) => e.allowed).map((e) => e.type).join(' or ')}; give a value of that type.`, ...(ofExtension ? { messageId: 'Extension_EXT_Type' } : ofPart ? { messageId: 'Extension_PROF_Type' } : {}) });
    if (ofExtension) this.depth++;
  }
  /** A resource within another becomes the one that is checked; gives the one before. */
  hold(value: unknown): Holder {
    const { holder } = this;
    if (isObject(value) && typeof value['resourceType'] === 'string' && value !== holder.resource) this.holder = holderOf(value, this.depth, holder);
    return holder;
  }
  /** A profile allows resources of some types only where the specification allows any. */
  isOfType(value: unknown, site: ProfileSite, types: readonly string[]): boolean {
    const type = isObject(value) ? value['resourceType'] : undefined;
    if (typeof type !== 'string' || types.some((t) => this.program.catalog.isA(type, t))) return true;
    this.add({ rule: 'profile-type', severity: 'error', code: 'informational', messageId: 'Bundle_BUNDLE_Entry_Type2', profile: site.source, says: `A resource of type ${types.join(' or ')} belongs here; give one of that type.` });
    return false;
  }
  slices(values: readonly unknown[], spec: SlicingSpec, type?: string): void { assignSlices(this, values, spec, type); }
  /** A profile of a data type (SimpleQuantity, an IG's HumanName). */
  typeProfile(value: unknown, profile: string, type: string): void {
    if ((this.open?.size ?? 0) + this.claims.length / 2 > 200) return;
    const found = this.program.profile(profile);
    if (found) found.check?.(value, this); else this.unknownProfile(profile);
    void type;
  }
  /** A profile that an element must follow, and nobody has. */
  private unknownProfile(profile: string): void {
    const strict = this.options.unknownExtension === 'error';
    this.add({ rule: 'profile-unknown', severity: strict ? 'error' : 'warning', code: 'structure', messageId: 'Validation_VAL_Unknown_Profile', unevaluated: !strict,
      says: `No loaded package has the profile ${profile}, which this element must follow, so it was not checked; add the package that defines it.` });
  }
  /** Any one of several profiles suffices. */
  profiles(value: unknown, at: { readonly profiles: readonly string[]; readonly node: ElementNode; readonly source: string }, type: string): void {
    if (at.profiles.length === 1 || !at.profiles.some((p) => this.conformsTo(value, p))) this.typeProfile(value, at.profiles[0]!, type);
  }
  conformsTo(value: unknown, profile: string): boolean {
    const found = this.program.profile(profile);
    if (!found) return false;
    if (isObject(value) && typeof value['resourceType'] === 'string' && !this.program.catalog.isA(value['resourceType'], found.structure.type)) return false;
    const { holder } = this;
    if (isObject(value) && typeof value['resourceType'] === 'string' && value !== holder.resource) this.holder = holderOf(value, this.depth, this.within(value));
    try { return this.conforms(() => { found.check?.(value, this); }); } finally { this.holder = holder; }
  }
  /** What holds a resource: its container, the Bundle it is an entry of, or else where we are. */
  private within(resource: JsonObject): Holder {
    for (let at: Holder | undefined = this.holder; at; at = at.parent) {
      const { contained, resourceType } = at.resource;
      if ((Array.isArray(contained) && contained.includes(resource)) || (resourceType === 'Bundle' && this.bundleIndex(at.resource).entryOf(resource))) return at;
    }
    return this.holder;
  }
}

/** A defined name within two edits of an unknown one. */
const nearest = (name: string, names: readonly string[]): string | undefined => {
  if (name.length > 40) return undefined;
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length]!;
  };
  return names.find((n) => Math.abs(n.length - name.length) <= 2 && distance(name.toLowerCase(), n.toLowerCase()) <= (n.length > 4 ? 2 : 1));
};
