import type { ModelRegistry } from './model-registry.ts';

/**
 * What a patient rule is shown: the current versions of one patient's compartment and of what they
 * reference, in time order, one at a time and only the elements that the rules read (contract 15).
 */
export type ViewEntry = {
  /** storage's version.id, as text; evidence names it. */
  readonly version: string;
  readonly type: string;
  readonly id: string;
  /** The clinically relevant time (effective, onset, authored, period start), ISO 8601 as given; '' where none. */
  readonly time: string;
  /** The resource reduced to the top-level elements that rules declare in `reads`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** In the patient's compartment, or only referenced from it (Practitioner, Location, Medication). */
  readonly place: 'compartment' | 'referenced';
};

/** Facts about references that the view cannot answer from its entries. */
export type ReferenceFact = 'landed' | 'absent-at-source' | 'not-asked';

export type PatientView = {
  /** Logical id of the Patient; '' for resources outside any patient's compartment. */
  readonly patient: string;
  /** May be iterated once; entries in time order, those without a time first. */
  readonly entries: Iterable<ViewEntry>;
  /** What is known of `Type/id`. */
  reference(reference: string): ReferenceFact;
  /** When the run asked the source, ISO 8601: the rules' only clock. */
  readonly asOf: string;
  /** Types whose extraction failed in this run: rules that read them are unevaluated (contract 7). `*`: what failed is not known. */
  readonly failedTypes: ReadonlySet<string>;
  /** The registry of AI models in force; without one, what needs it is unevaluated. */
  readonly models?: ModelRegistry;
};
