import { rulingOf, type Decision, type View } from '../../terms/decision.ts';
import { actsOnClosed, type CaseCommand, type CaseEvent } from '../../terms/case-act.ts';
import type { ErrorCode } from '../../terms/errors.ts';
import type { CaseState } from '../../terms/exception.ts';
import type { DecisionPolicy } from '../../terms/policy.ts';
import { mayDecide } from '../../terms/role.ts';

/** What a command meets beside the case. `now` is ISO 8601. */
export type Surroundings = { readonly now: string; readonly policy: DecisionPolicy; readonly undoSeconds: number };
/** What happens, or why nothing does. */
export type Answer = { readonly events: readonly CaseEvent[] } | { readonly refused: ErrorCode };

const DAY_MS = 86_400_000;
const refused = (code: ErrorCode): Answer => ({ refused: code });
const happens = (...events: CaseEvent[]): Answer => ({ events });
/** The clock's acts. */
export const CLOCK = 'clock';

/** What a command does to a case: a pure function, run in the transaction that keeps what it says (contract 16). */
export function decide(state: CaseState, { command, actor, asked }: CaseCommand, around: Surroundings): Answer {
  const open = state.state === 'open';
  if (!open && !actsOnClosed.has(asked.act)) return refused('ASSAY_CASE_CLOSED');
  const clock = actor.person === CLOCK;
  if (!clock && asked.act !== 'comment' && asked.act !== 'escalate' && asked.act !== 'give-evidence' && !mayDecide(actor.roles, state.owner)) return refused('ASSAY_CASE_ROLE');
  switch (asked.act) {
    case 'assign': return happens({ kind: 'assigned', to: asked.to });
    case 'comment': return happens({ kind: 'commented', text: asked.text });
    case 'ask-evidence': return happens({ kind: 'evidence-asked', task: { task: command, of: asked.of, kind: 'evidence' }, text: asked.text });
    case 'give-evidence':
      return state.tasks.some((task) => task.task === asked.task) ? happens({ kind: 'evidence-given', task: asked.task, text: asked.text }) : refused('ASSAY_CASE_TASK');
    case 'decide': return view(state, asked.view, command, actor, around);
    case 'answer': return state.waits.length > 0 ? refused('ASSAY_CASE_HAS_RECORDS') : happens({ kind: 'answered', validity: asked.validity, reason: asked.reason });
    case 'undo':
      return state.pending !== undefined && around.now < state.pending.effectAt && [state.pending.by, state.pending.secondBy].includes(actor.person)
        ? happens({ kind: 'undone', decision: state.pending.decision }) : refused('ASSAY_CASE_UNDO_OVER');
    case 'reverse': {
      const decision = state.effective.find((one) => one.decision === asked.decision);
      if (decision === undefined || !letsGo(decision)) return refused('ASSAY_CASE_NOT_REVERSIBLE');
      if (asked.signature === undefined) return refused('ASSAY_CASE_SIGNATURE');
      return happens({ kind: 'reversed', decision: decision.decision, reason: asked.reason, signature: asked.signature });
    }
    case 'reopen': {
      if (open) return refused('ASSAY_CASE_OPEN');
      const decision = state.effective.findLast((one) => !letsGo(one));
      return decision === undefined ? refused('ASSAY_CASE_NOT_REVERSIBLE') : happens({ kind: 'reversed', decision: decision.decision, reason: asked.reason });
    }
    case 'escalate': return state.escalated ? happens() : happens({ kind: 'escalated', reason: asked.reason });
    case 'extend':
      return state.extended ? refused('ASSAY_CASE_EXTENDED')
        : happens({ kind: 'extended', reason: asked.reason, dueAt: new Date(Date.parse(state.dueAt) + around.policy.extensionDays * DAY_MS).toISOString() });
    case 'split': return asked.versions.length === 0 ? refused('ASSAY_CASE_MEMBERS') : happens({ kind: 'split', versions: asked.versions });
    case 'merge': return asked.from === state.exception ? refused('ASSAY_CASE_MEMBERS') : happens({ kind: 'merged', from: asked.from });
    case 'remind': return state.reminded ? happens() : happens({ kind: 'reminded' });
    case 'come-due': return state.escalated ? happens() : happens({ kind: 'escalated', reason: 'The case is due.' });
  }
}

/** A view is the decision where one person is enough; else the first of two, or what settles two that differ. */
function view(state: CaseState, given: View, command: string, actor: CaseCommand['actor'], around: Surroundings): Answer {
  if (state.pending !== undefined) return refused('ASSAY_CASE_DECIDED');
  if (given.purposes.length === 0 || given.purposes.some((purpose) => !state.waits.includes(purpose))) return refused('ASSAY_CASE_PURPOSES');
  if (!expiryFits(given, around)) return refused('ASSAY_CASE_EXPIRY');
  const [first, second] = state.views;
  const two = first !== undefined || needsTwo(state, given, around.policy);
  if (two && given.signature === undefined) return refused('ASSAY_CASE_SIGNATURE');
  if (first === undefined) return two ? happens({ kind: 'viewed', view: given }) : happens(decided(state, given, { by: actor.person, revision: given.revision }));
  if (first.by === actor.person || second?.by === actor.person) return refused('ASSAY_CASE_SECOND_PERSON');
  const revision = Math.min(first.revision, given.revision);
  if (second !== undefined) {
    if (!actor.roles.includes('governor')) return refused('ASSAY_CASE_SECOND_PERSON');
    return happens(decided(state, given, { by: actor.person, secondBy: agreeing(state.views, given), revision }));
  }
  if (!agree(first, given)) return happens({ kind: 'disputed', view: given });
  return happens(decided(state, { ...first, ...earlier(first, given) }, { by: first.by, secondBy: actor.person, secondView: given, revision }));

  function decided(of: CaseState, what: View, who: { by: string; secondBy?: string | undefined; secondView?: View; revision: number }): CaseEvent {
    const { by: _, ...plain } = what as View & { by?: string };
    const decision: Decision = {
      ...plain, revision: who.revision, decision: command, exception: of.exception, by: who.by, at: around.now,
      ...(who.secondBy === undefined ? {} : { secondBy: who.secondBy }), ...(who.secondView === undefined ? {} : { secondView: who.secondView }),
      effectAt: new Date(Date.parse(around.now) + around.undoSeconds * 1000).toISOString(),
    };
    return { kind: 'decided', decision };
  }
}

/** Whether a person's decision lets records go. */
export const letsGo = (one: Pick<View, 'disposition'>): boolean => one.disposition === 'release-as-is' || one.disposition === 'release-with-flag';

/** Four eyes, where the policy says so; to keep something out needs nobody else unless the case itself does. */
export const needsTwo = (state: Pick<CaseState, 'priority'>, given: Pick<View, 'disposition' | 'scope'>, policy: DecisionPolicy): boolean =>
  policy.fourEyes.priorities.includes(state.priority) || (policy.fourEyes.beyondMembers && given.scope === 'cause' && letsGo(given));

/** The two see the case alike: reasons are each person's own, and of two ends the earlier holds. */
export function agree(a: View, b: View): boolean {
  return a.disposition === b.disposition && a.validity === b.validity && a.scope === b.scope
    && [...a.purposes].sort().join() === [...b.purposes].sort().join();
}

const earlier = (a: View, b: View): Pick<View, 'expiresAt'> => {
  const [first] = [a.expiresAt, b.expiresAt].filter((end) => end !== undefined).sort();
  return first === undefined ? {} : { expiresAt: first };
};

const agreeing = (views: CaseState['views'], given: View): string | undefined => views.find((one) => agree(one, given))?.by;

/** What lets records go must end; what does not has no end. */
function expiryFits(given: View, { now, policy }: Surroundings): boolean {
  if (rulingOf(given.disposition) === undefined || !letsGo(given)) return given.expiresAt === undefined;
  if (given.expiresAt === undefined) return false;
  return given.expiresAt > now && Date.parse(given.expiresAt) <= Date.parse(now) + policy.waiverDays * DAY_MS;
}
