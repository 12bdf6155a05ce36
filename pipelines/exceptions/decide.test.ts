import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CaseAct } from '../../terms/case-act.ts';
import { choices, type View } from '../../terms/decision.ts';
import type { CaseState } from '../../terms/exception.ts';
import { usualDecisions, type Priority } from '../../terms/policy.ts';
import type { Role } from '../../terms/role.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';

const signature = { name: 'A', credential: 'RHIA', at: '2026-01-01T00:00:00.000Z', meaning: 'Decided.' };
const people = ['ann', 'bob', 'cy'] as const;
const view: fc.Arbitrary<View> = fc.record({ disposition: fc.constantFrom(...choices), signed: fc.boolean(), scope: fc.constantFrom('members' as const, 'cause' as const) })
  .map(({ disposition, signed, scope }): View => ({
    disposition, validity: 'true-finding', rootCause: 'unknown', purposes: ['care'], reason: 'r', scope, revision: 1,
    ...(disposition.startsWith('release') ? { expiresAt: '2026-02-01T00:00:00.000Z' } : {}), ...(signed ? { signature } : {}),
  }));
const act: fc.Arbitrary<CaseAct> = fc.oneof(
  view.map((one): CaseAct => ({ act: 'decide', view: one })), fc.constant<CaseAct>({ act: 'undo' }), fc.constant<CaseAct>({ act: 'escalate', reason: 'r' }),
  fc.constant<CaseAct>({ act: 'extend', reason: 'r' }), fc.constant<CaseAct>({ act: 'assign', to: 'bob' }),
  fc.constant<CaseAct>({ act: 'ask-evidence', of: 'clinician', text: 't' }), fc.constant<CaseAct>({ act: 'comment', text: 't' }));
const step = fc.record({ asked: act, person: fc.constantFrom(...people), role: fc.constantFrom<Role>('steward', 'governor', 'engineer'), seconds: fc.integer({ min: 0, max: 20 }) });

const opened = (priority: Priority): CaseState => ({
  exception: '1', state: 'open', revision: 1, priority, owner: 'documentation', dueAt: '2026-03-01T00:00:00.000Z', waits: ['care'],
  escalated: false, extended: false, reminded: false, views: [], effective: [], tasks: [],
});

/** Plays steps on a case; each says what it met and what became of it. */
function play(priority: Priority, steps: readonly { asked: CaseAct; person: string; role: Role; seconds: number }[]) {
  let state = opened(priority);
  let now = Date.parse('2026-01-05T00:00:00.000Z');
  return steps.map(({ asked, person, role, seconds }, place) => {
    now += seconds * 1000;
    const before = state;
    const answer = decide(state, { command: `c${place}`, exception: '1', actor: { person, roles: [role] }, asked },
      { now: new Date(now).toISOString(), policy: usualDecisions, undoSeconds: 10 });
    if ('events' in answer) state = answer.events.reduce((so, event) => evolve(so, event, person), state);
    return { before, after: state, answer, person, role, asked };
  });
}

const property = (holds: (steps: ReturnType<typeof play>) => void) =>
  fc.assert(fc.property(fc.constantFrom<Priority>(1, 5), fc.array(step, { maxLength: 30 }), (priority, steps) => holds(play(priority, steps))), { numRuns: 400 });

test('while a decision is pending there is never another', () => property((steps) => {
  for (const { before, answer } of steps) {
    if (before.pending !== undefined && 'events' in answer) expect(answer.events.some((event) => event.kind === 'decided')).toBe(false);
  }
}));

test('where two are needed a decision has two people, each with a signature, or a governor over two who differ', () => property((steps) => {
  for (const { before, answer, person, role } of steps) {
    const made = 'events' in answer ? answer.events.find((event) => event.kind === 'decided') : undefined;
    if (made?.kind !== 'decided' || before.priority !== 1) continue;
    expect(made.decision.signature).toBeDefined();
    expect(before.views.map((one) => one.by)).not.toContain(person);
    if (before.views.length === 1) expect(made.decision.secondBy).not.toBe(made.decision.by);
    else expect({ views: before.views.length, role }).toEqual({ views: 2, role: 'governor' });
  }
}));

test('what is refused changes nothing; an engineer decides no case of documentation', () => property((steps) => {
  for (const { before, after, answer, role, asked } of steps) {
    if ('refused' in answer) expect(after).toBe(before);
    else if (role === 'engineer') expect(['comment', 'escalate']).toContain(asked.act);
  }
}));

test('only who decided undoes, and only within the window', () => property((steps) => {
  for (const { before, answer, person } of steps) {
    if (!('events' in answer) || !answer.events.some((event) => event.kind === 'undone')) continue;
    expect([before.pending?.by, before.pending?.secondBy]).toContain(person);
  }
}));

test('a release that reaches beyond the members needs two at any priority; keeping out does not', () => {
  const beyond: View = { disposition: 'release-as-is', validity: 'true-finding', rootCause: 'unknown', purposes: ['care'], reason: 'r', scope: 'cause', revision: 1, expiresAt: '2026-02-01T00:00:00.000Z', signature };
  const [first] = play(5, [{ asked: { act: 'decide', view: beyond }, person: 'ann', role: 'steward', seconds: 0 }]);
  expect(first?.after.views).toHaveLength(1);
  const { expiresAt: _, ...out } = { ...beyond, disposition: 'keep-out' as const };
  const [kept] = play(5, [{ asked: { act: 'decide', view: out }, person: 'ann', role: 'steward', seconds: 0 }]);
  expect(kept?.after.pending).toBeDefined();
});
