import { isBefore } from '../reading/moments.ts';
import { wrong } from '../say.ts';
import { modelCause } from '../templates/ai-content.ts';
import { aiRule } from '../templates/ai-rule.ts';

export const aiAttestedTooEarly = aiRule({
  id: 'ai-attested-too-early', version: 6, category: 'temporal plausibility',
  title: 'Attested before it was generated', why: 'Nobody can have checked what did not exist yet.',
  sources: ['http://hl7.org/fhir/R4/provenance.html (recorded, signature.when)'],
  judge(content, fold) {
    // The last making counts: what an AI wrote again must be read again, so one check after it is enough.
    const made = content.generations.filter((generation) => generation.at !== undefined);
    const timed = content.verifications.filter((check) => check.at !== undefined);
    const early = timed.filter((check) => made.some((generation) => isBefore(check.at ?? '', generation.at ?? '')));
    if (early.length === 0 || early.length < timed.length) return [];
    return early.slice(0, 1).map((check) => wrong(content.expression, 'This was attested before the AI generated it; whoever attested it cannot have read it.', {
      version: content.version, cause: modelCause(fold, content),
      evidence: [{ version: check.version, expression: check.expression, role: 'against' },
        ...made.map((generation) => ({ version: generation.version, expression: 'Provenance.recorded', role: 'context' as const }))] }));
  },
});
