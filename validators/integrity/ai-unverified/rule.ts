import { wrong } from '../say.ts';
import { byHuman, isGenerator, modelCause } from '../templates/ai-content.ts';
import { aiRule } from '../templates/ai-rule.ts';

export const aiUnverified = aiRule({
  id: 'ai-unverified', version: 6,
  title: 'AI content that nobody verified', why: 'A model trained on what models wrote unchecked learns their errors.',
  sources: ['http://hl7.org/fhir/uv/aitransparency (1.0.0-ballot)', 'Shumailov et al., Nature 2024;631:755'],
  judge: (content, fold) => (content.verifications.some((check) => byHuman(check) && !isGenerator(fold, content, check)) ? []
    : [wrong(content.expression, 'An AI asserted this and no person has verified it.', { version: content.version, cause: modelCause(fold, content) })]),
});
