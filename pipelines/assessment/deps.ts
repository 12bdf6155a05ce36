import type { CoveredRow, EventBody, EventKind } from '../../terms/event.ts';
import type { Finding } from '../../terms/finding.ts';
import type { ModelRegistry } from '../../terms/model-registry.ts';
import type { PatientView } from '../../terms/patient-view.ts';
import type { Policy, PolicyRule } from '../../terms/policy.ts';
import type { Purpose } from '../../terms/purpose.ts';
import type { Resource } from '../../terms/rule.ts';
import type { Action, Verdict } from '../../terms/verdict.ts';
import type { Database, Tx } from '../../storage/connect.ts';
import type { PolicyInForce } from '../../storage/assessment.ts';
import type { FirstVerdict } from '../../storage/release.ts';

/** What people decided of a finding in place of the policy. */
export type Ruled = (finding: Finding, purpose: Purpose) => Action | undefined;

/** What the assessment stage is given; apps/ composes it from validators and triage. */
export type AssessmentDeps = {
  readonly db: Database;
  /** Findings of the bytes alone, for versions that landed under another rule set. */
  readonly check: (bytes: Uint8Array, resource: Resource, asOf: string) => readonly Finding[];
  /** Fetches what `check` of these bytes needs to know from elsewhere: a terminology server's answers. */
  readonly prepare?: ((resources: readonly Uint8Array[]) => Promise<void>) | undefined;
  /** All patient rules in one pass; only those that read one of `changedTypes` where it is given. */
  readonly checkPatient: (view: PatientView, changedTypes?: ReadonlySet<string>) => ReadonlyMap<string, readonly Finding[]>;
  /** Ids of the patient rules that `checkPatient` evaluates for these types. */
  readonly evaluates: (changedTypes?: ReadonlySet<string>) => ReadonlySet<string>;
  /** Types that patient rules read at all. */
  readonly projects: (type: string) => boolean;
  readonly project: (resource: Resource) => Readonly<Record<string, unknown>>;
  readonly clinicalTime: (resource: Resource) => string;
  readonly decide: (findings: readonly Finding[], policy: Policy, holds: ReadonlyMap<Purpose, string>, ruled?: Ruled) => Verdict[];
  readonly reachingHolds: (findings: readonly Finding[], policy: Policy, ruled?: Ruled) => Purpose[];
  readonly policyRule: (policy: Policy, finding: Finding) => PolicyRule;
  /** The registry of AI models in force. */
  readonly models: () => Promise<ModelRegistry | undefined>;
  readonly ruleSet: () => Promise<number>;
  readonly policy: () => Promise<PolicyInForce>;
  readonly appendEvent: (tx: Tx, kind: EventKind, body: EventBody, covered: CoveredRow[]) => Promise<void>;
  /** Feed entries for what the verdicts let go, in the transaction that wrote them. @param first verdicts about resources of which no feed was told anything, by version */
  readonly release: (tx: Tx, versions: readonly string[], of: { run: string; partition: string }, first: ReadonlyMap<string, readonly FirstVerdict[]>) => Promise<unknown>;
  readonly beat: () => void;
};
