/** A conformance resource, as JSON; what is read of it is checked where it is read. */
export type FhirDefinition = { readonly resourceType: string; readonly url?: string; readonly version?: string; readonly [key: string]: unknown };

/** What is known of a definition without parsing it. `of` is StructureDefinition.kind. */
export type DefinitionRow = {
  readonly kind: string;
  readonly url: string;
  readonly version?: string;
  readonly id?: string;
  readonly type?: string;
  readonly of?: string;
  readonly derivation?: string;
  readonly base?: string;
  readonly supplements?: string;
  readonly offset: number;
  readonly length: number;
};

/** Where a validator's definitions come from; packages/ makes it, lookups are synchronous and lazy. */
export type Definitions = {
  /** Content hashes of the packages: names the compiled set. */
  readonly hash: string;
  readonly packages: readonly { readonly name: string; readonly version: string; readonly hash: string }[];
  readonly rows: readonly DefinitionRow[];
  /** By canonical, with `|version` or without. */
  get(kind: string, canonical: string): FhirDefinition | undefined;
};
