import type { PatientRule } from '../../terms/rule.ts';

/** A fold over a patient's view (contract 15); the state holds ids and marks, never whole resources. */
export const patientRule = <State>(rule: Omit<PatientRule<State>, 'scope' | 'kind'> & Partial<Pick<PatientRule, 'kind'>>): PatientRule<State> =>
  ({ kind: 'compute', ...rule, scope: 'patient' });
