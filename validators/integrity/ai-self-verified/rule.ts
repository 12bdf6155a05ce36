import { wrong } from '../say.ts';
import { isGenerator, modelCause } from '../templates/ai-content.ts';
import { aiRule } from '../templates/ai-rule.ts';

export const aiSelfVerified = aiRule({
  id: 'ai-self-verified', version: 6,
  title: 'An AI verified its own content', why: 'A check by the maker, its software or its proxy is no check.',
  sources: ['http://hl7.org/fhir/uv/aitransparency (1.0.0-ballot)'],
  judge: (content, fold) => content.verifications.filter((check) => isGenerator(fold, content, check)).map((check) =>
    wrong(content.expression, 'The verifying agent is the device that made this, its software, or acts on behalf of it.', {
      version: content.version, cause: modelCause(fold, content),
      evidence: [{ version: check.version, expression: check.expression, role: 'against' }] })),
});
