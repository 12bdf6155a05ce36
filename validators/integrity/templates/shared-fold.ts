import type { PatientView, ViewEntry } from '../../../terms/patient-view.ts';

type Facts = Omit<PatientView, 'entries'>;
type Shared<State> = { readonly start: (view: Facts) => State; readonly step: (state: State, entry: ViewEntry) => void };

/**
 * One state for all rules of a template: the engine gives every rule of a pass the same facts object,
 * and the state takes each entry once, whichever rule brings it first.
 */
export function sharedFold<State extends object>(start: (view: Facts) => State, step: (state: State, entry: ViewEntry) => void): Shared<State> {
  const states = new WeakMap<Facts, State>();
  // The pass under way: rules come one after the other with the same entry.
  let current: State | undefined;
  let seen: ViewEntry | undefined;
  return {
    start(view) {
      let state = states.get(view);
      if (state === undefined) states.set(view, state = start(view));
      return state;
    },
    step(state, entry) {
      if (seen === entry && current === state) return;
      current = state;
      seen = entry;
      step(state, entry);
    },
  };
}
