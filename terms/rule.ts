import type { Evidence, Finding, Scope, Severity } from './finding.ts';
import type { PatientView, ViewEntry } from './patient-view.ts';

/** Kahn et al., doi 10.13063/2327-9214.1244. */
export type Category = 'value conformance' | 'relational conformance' | 'computational conformance'
  | 'completeness' | 'uniqueness plausibility' | 'atemporal plausibility' | 'temporal plausibility';

/** The team a case goes to. */
export type Owner = 'registration' | 'mapping' | 'documentation' | 'coding' | 'identity' | 'ai' | 'privacy';

/** Top-level elements a rule reads, by resource type or `*` for every type: what a PatientView projects. */
export type Reads = Readonly<Record<string, readonly string[]>>;

/** What every rule states of itself. A rule never sees the purpose (contract 11). */
export type RuleFacts = {
  readonly id: string;
  /** Rises when what the rule says can change (contract 12). */
  readonly version: number;
  readonly title: string;
  /** One sentence for a HIM steward: why it matters. */
  readonly why: string;
  readonly category: Category;
  readonly scope: Scope;
  /** `judge`: reads text or weighs evidence; `compute`: follows from the data alone. */
  readonly kind: 'compute' | 'judge';
  readonly reads: Reads;
  readonly owner: Owner;
  /** Links or citations the rule encodes. */
  readonly sources: readonly string[];
  readonly parameters?: { readonly schema: object; readonly defaults: object };
  /** Milder or graver forms with an answer of their own in the policy, by name: what they say. Their findings are `<id>/<name>`. */
  readonly variants?: Readonly<Record<string, string>>;
};

export type RuleContext = {
  /** When the resource was retrieved, ISO 8601: rules read no clock. */
  readonly asOf: string;
};

/** A finding before the engine adds the rule's id, version and scope. */
export type Said = {
  readonly outcome: Finding['outcome'];
  /** One of the rule's `variants`. */
  readonly variant?: string;
  readonly severity?: Severity;
  readonly code?: string;
  readonly expression: string;
  readonly says: string;
  readonly evidence?: readonly Evidence[];
  readonly cause?: string;
  readonly permits?: readonly string[];
  /** The version the finding is about; needed at patient and history scope. */
  readonly version?: string;
};

export type Resource = { readonly resourceType: string; readonly id?: string } & Readonly<Record<string, unknown>>;

export type ResourceRule = RuleFacts & {
  readonly scope: 'resource';
  check(resource: Resource, context: RuleContext): readonly Said[];
};

/** Part of a view taken up: `start`, and one `step` an entry in time order. State stays small (contract 15). */
export type Fold<State = unknown> = {
  start(view: Omit<PatientView, 'entries'>): State;
  step(state: State, entry: ViewEntry): void;
};

/** A fold for several rules: its `start` gives those of one pass one state. */
export type SharedFold<State = unknown> = Fold<State> & { readonly reads: Reads };

/** A fold and what it says at the `end`. */
export type PatientRule<State = unknown> = RuleFacts & Fold<State> & {
  readonly scope: 'patient';
  /** What it goes by besides its own state: taken up once for all rules, this entry and perhaps some that follow it before the rule's own step. */
  readonly shares?: readonly SharedFold[];
  end(state: State): readonly Said[];
};

/** A version against the one before it. */
export type HistoryRule = RuleFacts & {
  readonly scope: 'history';
  check(before: Resource, after: Resource, context: RuleContext & { readonly beforeVersion: string }): readonly Said[];
};

/** A pure judgement over a candidate that storage/candidates/<rule-id>.ts found. */
export type PopulationRule<Candidate = unknown> = RuleFacts & {
  readonly scope: 'population';
  judge(candidate: Candidate): readonly Said[];
};

export type Rule = ResourceRule | PatientRule | HistoryRule | PopulationRule;
