import type { PatientView, ViewEntry } from '../../../terms/patient-view.ts';
import type { Reads, SharedFold } from '../../../terms/rule.ts';

type Facts = Omit<PatientView, 'entries'>;

/** A fold with one state for all rules of a pass: the engine gives each of them the same facts object. */
export function sharedFold<State>(reads: Reads, start: (view: Facts) => State, step: (state: State, entry: ViewEntry) => void): SharedFold<State> {
  const states = new WeakMap<Facts, State>();
  return {
    reads, step,
    start(view) {
      let state = states.get(view);
      if (state === undefined) states.set(view, state = start(view));
      return state;
    },
  };
}
