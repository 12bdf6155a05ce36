import type { PatientView, ViewEntry } from '../../../terms/patient-view.ts';

type Facts = Omit<PatientView, 'entries'>;
type Shared<State> = { readonly start: (view: Facts) => State; readonly step: (state: State, entry: ViewEntry) => void };

/**
 * One state for all rules of a template: the engine gives every rule of a pass the same facts object,
 * and the state takes each entry once, whichever rule brings it first.
 */
export function sharedFold<State extends object>(start: (view: Facts) => State, step: (state: State, entry: ViewEntry) => void): Shared<State> {
  const states = new WeakMap<Facts, State>();
  const seen = new WeakMap<State, ViewEntry>();
  return {
    start(view) {
      let state = states.get(view);
      if (state === undefined) states.set(view, state = start(view));
      return state;
    },
    step(state, entry) {
      if (seen.get(state) === entry) return;
      seen.set(state, entry);
      step(state, entry);
    },
  };
}
