import type { PatientRule, RuleFacts, Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { aiContents, aiFold, type AiContent, type AiFold } from './ai-content.ts';

type Stated = Omit<RuleFacts, 'scope' | 'kind' | 'reads' | 'owner' | 'category'> & Partial<Pick<RuleFacts, 'kind' | 'category'>>
  & { judge(content: AiContent, fold: AiFold): readonly Said[] };

/** A rule over each resource that an AI asserted. */
export const aiRule = ({ judge, ...facts }: Stated): PatientRule<AiFold> => patientRule<AiFold>({
  category: 'relational conformance', owner: 'ai', ...facts,
  ...aiFold,
  end: (fold) => [...aiContents(fold)].flatMap((content) => judge(content, fold)),
});
