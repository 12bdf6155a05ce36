import { type ElementInfo, Model, type TypeInfo, type Variant } from './model.ts';

/** What is read of a StructureDefinition: http://hl7.org/fhir/R4/structuredefinition.html */
export type DefinitionLike = {
  readonly type?: string;
  readonly kind?: string;
  readonly abstract?: boolean;
  readonly derivation?: string;
  readonly baseDefinition?: string;
  readonly snapshot?: { readonly element?: readonly ElementLike[] };
};
type ElementLike = {
  readonly path: string;
  readonly max?: string;
  readonly contentReference?: string;
  readonly type?: readonly { readonly code: string; readonly extension?: readonly { readonly url: string; readonly valueUrl?: string; readonly valueUri?: string }[] }[];
};

const systemPrefix = 'http://hl7.org/fhirpath/System.';
const fhirTypeExtension = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const kinds: Readonly<Record<string, TypeInfo['kind']>> = { 'primitive-type': 'primitive', 'complex-type': 'complex', resource: 'resource' };
const anonymous = new Set(['BackboneElement', 'Element']);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `System.String` stands for ids and urls; the extension beside it names the FHIR type. */
const typeCode = (type: NonNullable<ElementLike['type']>[number]): string => {
  if (!type.code.startsWith(systemPrefix)) return type.code;
  const named = type.extension?.find(({ url }) => url === fhirTypeExtension);
  const code = named?.valueUrl ?? named?.valueUri;
  return code ?? type.code.slice(systemPrefix.length).replace(/^./, (first) => first.toLowerCase());
};

type Draft = { name: string; base?: string; kind: TypeInfo['kind']; elements: Map<string, ElementInfo> };

const addElements = (root: string, elements: readonly ElementLike[], drafts: Map<string, Draft>): void => {
  const parents = new Set(elements.map(({ path }) => path.slice(0, path.lastIndexOf('.'))));
  for (const element of elements) {
    const dot = element.path.lastIndexOf('.');
    if (dot < 0) continue;
    const owner = drafts.get(element.path.slice(0, dot));
    const last = element.path.slice(dot + 1);
    if (!owner) continue;
    const name = last.endsWith('[x]') ? last.slice(0, -3) : last;
    if (owner.kind === 'primitive' && name === 'value') continue; // the JSON value itself
    const codes = (element.type ?? []).map(typeCode);
    let variants: Variant[];
    if (last.endsWith('[x]')) variants = codes.map((type) => ({ key: name + capital(type), type }));
    else if (element.contentReference !== undefined) variants = [{ key: name, type: element.contentReference.slice(element.contentReference.indexOf('#') + 1) }];
    else if (parents.has(element.path) && anonymous.has(codes[0] ?? '')) {
      drafts.set(element.path, { name: element.path, base: codes[0] ?? 'Element', kind: 'complex', elements: new Map() });
      variants = [{ key: name, type: element.path }];
    } else if (owner.kind === 'resource' && name === 'id') variants = [{ key: name, type: 'id' }]; // R4's snapshots say string, its pages id
    else variants = [{ key: name, type: codes[0] ?? 'Element' }];
    owner.elements.set(name, { name, many: element.max !== '0' && element.max !== '1', variants });
  }
  if (!drafts.has(root)) throw new TypeError(root);
};

/** A model of all specialisations among the definitions; profiles (constraints) are passed over. */
export const buildModel = (definitions: Iterable<DefinitionLike>): Model => {
  const drafts = new Map<string, Draft>();
  for (const definition of definitions) {
    const kind = kinds[definition.kind ?? ''];
    const { type } = definition;
    if (kind === undefined || type === undefined || definition.derivation === 'constraint' || drafts.has(type)) continue;
    const base = definition.baseDefinition?.slice(definition.baseDefinition.lastIndexOf('/') + 1);
    drafts.set(type, { name: type, ...(base === undefined ? {} : { base }), kind, elements: new Map() });
    addElements(type, definition.snapshot?.element ?? [], drafts);
  }
  return new Model(drafts);
};
