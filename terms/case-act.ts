import type { Actor } from './role.ts';
import type { CaseTask } from './exception.ts';
import type { Decision, Signature, Validity, View } from './decision.ts';

/** What a person may ask of a case; `remind` and `come-due` are the clock's. */
export type CaseAct =
  | { readonly act: 'assign'; readonly to: string | null }
  | { readonly act: 'comment'; readonly text: string }
  | { readonly act: 'ask-evidence'; readonly of: 'clinician' | 'source'; readonly text: string }
  | { readonly act: 'give-evidence'; readonly task: string; readonly text: string }
  /** `bulk`: one of many that were decided together. */
  | { readonly act: 'decide'; readonly view: View; readonly bulk?: string }
  /** Of a case that holds no records: what a person found. */
  | { readonly act: 'answer'; readonly validity: Validity; readonly reason: string }
  | { readonly act: 'undo' }
  | { readonly act: 'reverse'; readonly decision: string; readonly reason: string; readonly signature?: Signature }
  | { readonly act: 'reopen'; readonly reason: string }
  | { readonly act: 'escalate'; readonly reason: string }
  | { readonly act: 'extend'; readonly reason: string }
  | { readonly act: 'split'; readonly versions: readonly string[] }
  | { readonly act: 'merge'; readonly from: string }
  | { readonly act: 'remind' }
  | { readonly act: 'come-due' };

/** What may be asked of a case that is closed. */
export const actsOnClosed: ReadonlySet<CaseAct['act']> = new Set(['comment', 'reopen', 'reverse']);

/** An act with who asks and the client's id of it: a second click is the first (contract 16). */
export type CaseCommand = { readonly command: string; readonly exception: string; readonly actor: Actor; readonly asked: CaseAct };

/** What happened to a case, in its order; the text of people stays in the case, events of the ledger have its hash. */
export type CaseEvent =
  | { readonly kind: 'assigned'; readonly to: string | null }
  | { readonly kind: 'commented'; readonly text: string }
  | { readonly kind: 'evidence-asked'; readonly task: CaseTask; readonly text: string }
  | { readonly kind: 'evidence-given'; readonly task: string; readonly text: string }
  | { readonly kind: 'answered'; readonly validity: Validity; readonly reason: string }
  | { readonly kind: 'viewed'; readonly view: View }
  | { readonly kind: 'disputed'; readonly view: View }
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'undone'; readonly decision: string }
  | { readonly kind: 'took-effect'; readonly decision: string; readonly task?: CaseTask }
  | { readonly kind: 'superseded'; readonly decision: string }
  | { readonly kind: 'reversed'; readonly decision: string; readonly reason: string; readonly signature?: Signature }
  | { readonly kind: 'expired'; readonly decision: string }
  | { readonly kind: 'escalated'; readonly reason: string }
  | { readonly kind: 'extended'; readonly reason: string; readonly dueAt: string }
  | { readonly kind: 'split'; readonly versions: readonly string[] }
  | { readonly kind: 'merged'; readonly from: string }
  | { readonly kind: 'reminded' };

export type WrittenCaseEvent = CaseEvent & { readonly n: number; readonly by: string; readonly at: string };
