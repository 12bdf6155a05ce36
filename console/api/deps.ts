import type { KeyObject } from 'node:crypto';
import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import type { appendEvent } from '../../ledger/append.ts';
import type { ModelEntry } from '../../terms/model-registry.ts';
import type { Database } from '../../storage/connect.ts';
import type { Signature } from '../../terms/decision.ts';
import type { BusinessCalendar } from '../../terms/business-calendar.ts';
import type { DecisionPolicy, Policy } from '../../terms/policy.ts';
import type { Owner, RuleFacts } from '../../terms/rule.ts';
import type { Duties } from './duties.ts';
import type { Provider } from './sign-in/provider.ts';

/** A part of the running product, as people look for it. */
export type PartHealth = {
  /** 'PostgreSQL', 'Temporal', 'Worker', 'Kafka', 'Feed', … */
  readonly part: string;
  /** `absent`: not configured, and nothing depends on it. */
  readonly state: 'up' | 'down' | 'absent';
  /** Where a person or a program reaches it; never with a password in it. */
  readonly address?: string;
  /** One sentence: what is wrong, what to do. */
  readonly detail?: string;
};

/** What people read about a rule. */
export type RuleWords = { readonly title: string; readonly why: string; readonly owner?: Owner; readonly sources?: readonly string[] };

export type ApiDeps = {
  readonly db: Database;
  /** Routes that live with their owners: the feed, the ledger, the metrics. They guard themselves. */
  readonly plugins: readonly FastifyPluginAsync[];
  /** Starts a governed run. @returns Temporal's run id: the `started_by` of the run's row to come */
  readonly startRun: (source: string) => Promise<{ startedBy: string }>;
  readonly health: () => Promise<readonly PartHealth[]>;
  /** By rule id, or by the family before a `/` (`profile-invariant`). */
  readonly ruleFacts: ReadonlyMap<string, RuleWords>;
  readonly appendEvent: typeof appendEvent;
  /** The source whose people read what they are asked for with this token. */
  readonly requestsReader: (token: string) => Promise<string | undefined>;
  /** Asks the case's workflow to do an act whose row is there. @throws AssayError ASSAY_CASE_… where it is refused */
  readonly askCase: (exception: string, command: string) => Promise<void>;
  /** The ledger's key, for exports. @throws AssayError ASSAY_LEDGER_EMPTY where this process has none */
  readonly ledgerKey: () => Promise<KeyObject>;
  readonly duties: Duties;
  /** What is said of a model is in force, with its event. @returns false where it said so already */
  readonly changeModel: (model: string, entry: ModelEntry, by: string) => Promise<boolean>;
  /** @returns the proposal's id @throws AssayError ASSAY_POLICY_INVALID */
  readonly proposePolicy: (body: unknown, because: string, by: string) => Promise<string>;
  /** @throws AssayError ASSAY_PROPOSAL_UNKNOWN, ASSAY_PROPOSAL_CLOSED, ASSAY_PROPOSAL_SECOND_PERSON */
  readonly settleProposal: (id: string, accepted: boolean, by: string, signature?: Signature) => Promise<void>;
  /** How people decide, by the policy in force. */
  readonly deciding: () => Promise<DecisionPolicy & { readonly undoSeconds: number }>;
  /** What scores are made with: the rules' facts and the policy in force. */
  readonly scoring: () => Promise<{ readonly rules: readonly RuleFacts[]; readonly policy: { readonly id: number; readonly body: Policy; readonly at: Date } }>;
  /** When the people work who decide, where a source's settings do not say otherwise. */
  readonly calendar: BusinessCalendar;
  /** Where people sign in; absent: everything can be read on this machine, and nothing decided. */
  readonly signIn?: Provider | undefined;
  /** The address that people use, where it is not the one that the API sees. */
  readonly publicUrl?: string | undefined;
  readonly log: FastifyBaseLogger;
  /** The built page; absent: the API alone. */
  readonly webRoot?: string;
  /** Host names under which browsers may call, beside the loopback ones. */
  readonly hosts?: readonly string[];
};
