import type { AmendmentStep } from '../../storage/amendments.ts';
import type { ConsumerFacts } from '../../storage/feeds.ts';
import type { RetractionReach } from '../../storage/retraction.ts';

/** What is taken back, as a person names it: a version's or run's number, a rule's id, a patient or a model's Device at a source. */
export type Taking = { readonly what: 'version' | 'patient' | 'run' | 'rule' | 'model'; readonly named: string; readonly source?: string };
type OfPatient = { readonly source: string; readonly patient: string };
export type DestructionCertificate = { readonly certificate: string; readonly versions: number; readonly retracted: number };
type Told = { readonly id: string; readonly told: number };

/** What governance does about what has left; apps compose it from the retraction stage. Errors are AssayErrors. */
export type Duties = {
  readonly previewRetraction: (taking: Taking) => Promise<RetractionReach>;
  /** A worker does it. @returns undefined where nothing of it was ever released */
  readonly beginRetraction: (taking: Taking, more: { by: string; because: string; previewed?: number }) => Promise<{ retraction: string; versions: number } | undefined>;
  readonly requestAmendment: (asked: OfPatient & { records: readonly string[]; says: string; named: readonly string[]; by: string }) => Promise<Told>;
  readonly answerAmendment: (answer: { request: string; step: AmendmentStep; says: string; named: readonly string[]; by: string }) => Promise<Told>;
  readonly placeHold: (on: OfPatient & { because: string; by: string }) => Promise<string>;
  readonly liftHold: (on: OfPatient & { by: string }) => Promise<number>;
  readonly setSchedule: (schedule: { name: string; years: number; because: string; by: string }) => Promise<string>;
  readonly previewDestruction: (of: OfPatient & { schedule: string }) => Promise<{
    versions: number; newest: string | null; held: boolean; over: boolean; entries: number; readers: RetractionReach['readers'];
  }>;
  readonly destroy: (of: OfPatient & { schedule: string; because: string; by: string }) => Promise<DestructionCertificate>;
  readonly describeRecipient: (facts: ConsumerFacts & { consumer: string }) => Promise<void>;
  readonly suspendAccounting: (asked: { consumer: string; source?: string; patient?: string; because: string; until: Date; written: boolean; by: string }) => Promise<string>;
};
