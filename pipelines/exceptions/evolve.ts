import type { CaseEvent } from '../../terms/case-act.ts';
import type { CaseState } from '../../terms/exception.ts';

/** The case after an event. Whether it is open, and what waits in it, is its row's to say. */
export function evolve(state: CaseState, event: CaseEvent, by: string): CaseState {
  switch (event.kind) {
    case 'assigned': {
      const { assignee: _, ...rest } = state;
      return event.to === null ? rest : { ...rest, assignee: event.to };
    }
    case 'evidence-asked': return { ...state, tasks: [...state.tasks, event.task] };
    case 'evidence-given': return { ...state, tasks: state.tasks.filter((task) => task.task !== event.task) };
    case 'viewed': return { ...state, views: [{ ...event.view, by }] };
    case 'disputed': return { ...state, views: [...state.views, { ...event.view, by }], escalated: true };
    case 'decided': return { ...state, views: [], pending: event.decision };
    case 'undone': return withoutPending(state);
    case 'superseded': return withoutPending(state);
    case 'took-effect': {
      const { pending } = state;
      const after = withoutPending(state);
      return {
        ...after, effective: pending === undefined ? after.effective : [...after.effective, pending],
        tasks: event.task === undefined ? after.tasks : [...after.tasks, event.task],
      };
    }
    case 'reversed': case 'expired': return { ...state, effective: state.effective.filter((one) => one.decision !== event.decision), views: [] };
    case 'escalated': return { ...state, escalated: true };
    case 'extended': return { ...state, extended: true, reminded: false, escalated: false, dueAt: event.dueAt };
    case 'reminded': return { ...state, reminded: true };
    case 'commented': case 'answered': case 'split': case 'merged': return state;
  }
}

function withoutPending(state: CaseState): CaseState {
  const { pending: _, ...rest } = state;
  return rest;
}
