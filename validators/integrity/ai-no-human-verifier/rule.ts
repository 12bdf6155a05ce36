import { unevaluated, wrong } from '../say.ts';
import { byHuman, isGenerator, modelCause } from '../templates/ai-content.ts';
import { aiRule } from '../templates/ai-rule.ts';

export const aiNoHumanVerifier = aiRule({
  id: 'ai-no-human-verifier', version: 6,
  title: 'AI content that must be checked and was not', why: 'The registry allows this model’s output only after a person has verified it.',
  sources: ['http://hl7.org/fhir/uv/aitransparency (1.0.0-ballot)', 'the deployment’s model registry (verification)'],
  judge(content, fold) {
    const about = { version: content.version, cause: modelCause(fold, content) };
    if (content.verifications.some((check) => byHuman(check) && !isGenerator(fold, content, check))) return [];
    if (fold.view.models === undefined) {
      return [unevaluated(content.expression, 'No registry of models is in force, so nobody can tell whether this had to be verified.', { ...about, cause: 'no registry' })];
    }
    const models = content.generations.flatMap((generation) => generation.devices.flatMap((device) => fold.devices.get(device.who)?.model ?? []));
    // An unknown model is judged by ai-model-not-approved; whether its output had to be checked is not known.
    if (models.length === 0) return [unevaluated(content.expression, 'The model that made this is not in the registry, so nobody can tell whether it had to be verified.', about)];
    if (!models.some((model) => model.verification === 'required')) return [];
    return [wrong(content.expression, 'The registry asks that a person verifies what this model makes, and nobody has.', about)];
  },
});
