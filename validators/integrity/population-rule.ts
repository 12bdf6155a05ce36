import type { PopulationRule } from '../../terms/rule.ts';

/** A pure judgement over candidates that storage/candidates/<rule-id>.ts finds with SQL. */
export const populationRule = <Candidate>(
  rule: Omit<PopulationRule<Candidate>, 'scope' | 'kind'> & Partial<Pick<PopulationRule, 'kind'>>,
): PopulationRule<Candidate> => ({ kind: 'compute', ...rule, scope: 'population' });
