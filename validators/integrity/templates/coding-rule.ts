import type { PatientRule, RuleFacts, Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { chart, type Chart } from './chart.ts';
import { reportedCodes, type Reported } from './reported-codes.ts';

type Stated = Omit<RuleFacts, 'scope' | 'kind' | 'reads' | 'owner' | 'category'> & Partial<Pick<RuleFacts, 'kind'>>
  & { judge(reported: Reported, chart: Chart): readonly Said[] };

/** A rule over each code that is reported to a payer, against the whole chart. */
export const codingRule = ({ judge, ...facts }: Stated): PatientRule<Chart> => patientRule<Chart>({
  ...facts, category: 'relational conformance', owner: 'coding', ...chart,
  end: (state) => reportedCodes(state).flatMap((reported) => judge(reported, state)),
});
