/** One way an element appears in JSON: its key there and its FHIR type (`Patient.contact` for an anonymous one). */
export type Variant = { readonly key: string; readonly type: string };

export type ElementInfo = {
  readonly name: string;
  readonly many: boolean;
  /** Several for a choice (`value` → valueQuantity, valueString …), one otherwise. */
  readonly variants: readonly Variant[];
};

export type TypeInfo = {
  readonly name: string;
  /** The type it specialises: Age → Quantity, Patient → DomainResource. */
  readonly base?: string;
  readonly kind: 'primitive' | 'complex' | 'resource';
  readonly elements: ReadonlyMap<string, ElementInfo>;
};

/** The FHIR types an expression may meet. Made by build-model.ts from StructureDefinitions. */
export class Model {
  readonly #types: ReadonlyMap<string, TypeInfo>;
  /** Of all types: JSON key → element name and type, for values whose type nobody knows. */
  readonly #isA = new Map<string, boolean>();
  constructor(types: ReadonlyMap<string, TypeInfo>) {
    this.#types = types;
  }
  get types(): ReadonlyMap<string, TypeInfo> {
    return this.#types;
  }
  type(name: string): TypeInfo | undefined {
    return this.#types.get(name);
  }
  /** `type` is `ancestor` or specialises it. */
  isA(type: string, ancestor: string): boolean {
    if (type === ancestor) return true;
    const key = `${type} ${ancestor}`;
    let known = this.#isA.get(key);
    if (known === undefined) {
      known = false;
      let steps = 0;
      for (let at = this.#types.get(type)?.base; at !== undefined && steps < 50; at = this.#types.get(at)?.base, steps++) {
        if (at === ancestor) known = true;
      }
      if (this.#types.has(type)) this.#isA.set(key, known);
    }
    return known;
  }
  isPrimitive(type: string): boolean {
    return this.#types.get(type)?.kind === 'primitive';
  }
}
