import type { FhirDefinition } from './definitions.ts';

/** ElementDefinition as far as validation reads it: http://hl7.org/fhir/R4/elementdefinition.html */
export type ElementDefinition = {
  readonly id?: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly min?: number;
  readonly max?: string;
  readonly base?: { readonly path: string; readonly min: number; readonly max: string };
  readonly contentReference?: string;
  readonly type?: readonly ElementType[];
  readonly constraint?: readonly Constraint[];
  readonly binding?: Binding;
  readonly slicing?: Slicing;
  readonly mustSupport?: boolean;
  readonly isModifier?: boolean;
  readonly maxLength?: number;
  readonly representation?: readonly string[];
  readonly extension?: readonly Extension[];
  readonly [key: string]: unknown;
};
export type Extension = { readonly url: string; readonly extension?: readonly Extension[]; readonly [key: string]: unknown };
export type ElementType = {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
  readonly aggregation?: readonly string[];
  readonly versioning?: string;
  readonly extension?: readonly Extension[];
};
export type Constraint = {
  readonly key: string; readonly severity: 'error' | 'warning'; readonly human: string; readonly expression?: string;
  readonly source?: string; readonly extension?: readonly Extension[];
};
export type Binding = {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
  readonly valueSet?: string; readonly description?: string; readonly extension?: readonly Extension[];
};
export type Slicing = {
  readonly discriminator?: readonly { readonly type: string; readonly path: string }[];
  readonly rules: 'open' | 'closed' | 'openAtEnd'; readonly ordered?: boolean;
};

/** One element of a snapshot with its children; `slices` are the elements that share its path under a slice name. */
export type ElementNode = {
  /** `Observation.value[x]:valueQuantity.code` */
  readonly id: string;
  /** `Observation.value[x].code`: without slice names. */
  readonly path: string;
  /** `value` */
  readonly name: string;
  /** `value[x]` */
  readonly choice: boolean;
  readonly sliceName: string | undefined;
  readonly min: number;
  /** Infinity for `*`. */
  readonly max: number;
  /** Written as a JSON array. */
  readonly list: boolean;
  readonly types: readonly ElementType[];
  readonly definition: ElementDefinition;
  readonly children: ElementNode[];
  readonly slices: ElementNode[];
  /** A `fixed[x]`, or else `pattern[x]`. */
  readonly fixed: FixedValue | undefined;
  readonly pattern: FixedValue | undefined;
};
export type FixedValue = { readonly type: string; readonly value: unknown };

/** A structure's elements as a tree. */
export type Structure = {
  readonly url: string;
  readonly version: string | undefined;
  readonly name: string;
  /** The type that instances have: `Observation`. */
  readonly type: string;
  readonly kind: string;
  readonly abstract: boolean;
  readonly derivation: string | undefined;
  readonly baseDefinition: string | undefined;
  readonly root: ElementNode;
  readonly definition: FhirDefinition;
};

/** A `fixed[x]` or `pattern[x]` of an element. */
export const startingWith = (element: ElementDefinition, prefix: string): FixedValue | undefined => {
  for (const key of Object.keys(element)) {
    if (key.startsWith(prefix) && key.length > prefix.length && /[A-Z]/.test(key[prefix.length]!)) {
      const type = key.slice(prefix.length);
      return { type: type[0]!.toLowerCase() + type.slice(1), value: element[key] };
    }
  }
  return undefined;
};

/** FHIR type of a `http://hl7.org/fhirpath/System.*` type: said by extension, `id` where R4 says `string` by mistake. */
const typesOf = (element: ElementDefinition): readonly ElementType[] => (element.type ?? []).map((type) => {
  if (!type.code.startsWith('http://hl7.org/fhirpath/System.')) return type;
  if (/^\w+\.id$/.test(element.path) && element.path !== 'Element.id' && element.base?.path === 'Resource.id') return { code: 'id' };
  const said = type.extension?.find((e) => e.url.endsWith('structuredefinition-fhir-type'));
  const code = (said?.['valueUrl'] ?? said?.['valueUri']) as string | undefined;
  const system = type.code.slice('http://hl7.org/fhirpath/System.'.length).toLowerCase();
  return { code: code ?? (system === 'datetime' ? 'dateTime' : system) };
});

const nodeOf = (element: ElementDefinition): ElementNode => {
  const id = element.id ?? (element.sliceName ? `${element.path}:${element.sliceName}` : element.path);
  const path = element.path;
  const last = path.slice(path.lastIndexOf('.') + 1);
  const choice = last.endsWith('[x]');
  return {
    id, path, choice, name: choice ? last.slice(0, -3) : last, sliceName: element.sliceName,
    min: element.min ?? 0, max: element.max === '*' || element.max === undefined ? Infinity : Number(element.max),
    list: (element.base?.max ?? element.max ?? '1') !== '1' && (element.base?.max ?? '1') !== '0',
    types: typesOf(element), definition: element, children: [], slices: [],
    fixed: startingWith(element, 'fixed'), pattern: startingWith(element, 'pattern'),
  };
};

/** Elements come in depth-first order; a slice follows the element it slices, a reslice (`a/b`) its slice. */
export const treeOf = (elements: readonly ElementDefinition[]): ElementNode => {
  const root = nodeOf(elements[0]!);
  const stack: ElementNode[] = [root];
  for (const element of elements.slice(1)) {
    const node = nodeOf(element);
    const depth = element.path.split('.').length - 1;
    while (stack.length > depth + 1) stack.pop();
    if (stack.length === depth + 1) {
      const sibling = stack[depth]!;
      if (node.sliceName !== undefined && sibling.path === node.path) {
        // Beside the sliced element: it stays findable as the parent's last child of this path.
        const parent = stack[depth - 1];
        const sliced = parent?.children.findLast((c) => c.path === node.path && c.sliceName === undefined);
        if (sliced) {
          const outer = sliced.slices.find((s) => s.sliceName !== undefined && node.sliceName!.startsWith(`${s.sliceName}/`));
          (outer ?? sliced).slices.push(node);
          stack[depth] = node;
          continue;
        }
      }
      stack.pop();
    }
    const parent = stack[depth - 1];
    if (!parent) continue; // a path without its parent: nothing to hang it on
    const sliced = node.sliceName === undefined ? undefined
      : parent.children.findLast((c) => c.path === node.path && c.sliceName === undefined);
    if (sliced) sliced.slices.push(node); else parent.children.push(node);
    stack[depth] = node;
  }
  return root;
};
