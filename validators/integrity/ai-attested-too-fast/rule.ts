import { wrong } from '../say.ts';
import { modelCause } from '../templates/ai-content.ts';
import { aiRule } from '../templates/ai-rule.ts';
import { checkedAt, fastest, fewest, readableFrom, readingSeconds } from '../templates/reading-time.ts';

export const aiAttestedTooFast = aiRule({
  id: 'ai-attested-too-fast', version: 6, category: 'temporal plausibility',
  title: 'Attested faster than it can be read', why: 'A signature that took no time to read verifies nothing.',
  sources: ['Brysbaert, J Mem Lang 2019;109:104047 (reading rates)'],
  parameters: { schema: { type: 'object', properties: { wordsPerMinute: { type: 'integer' }, fewestWords: { type: 'integer' } }, required: ['wordsPerMinute', 'fewestWords'] },
    defaults: { wordsPerMinute: fastest, fewestWords: fewest } },
  judge(content, fold) {
    const from = readableFrom(content);
    if (from === undefined || content.words < fewest) return [];
    const times = content.verifications.flatMap((check) => { const at = checkedAt(check); return at === undefined || at < from ? [] : [{ check, seconds: (at - from) / 1000 }]; });
    // Somebody who took their time is enough.
    if (times.length === 0 || times.some(({ seconds }) => seconds >= readingSeconds(content.words))) return [];
    return [wrong(content.expression, 'This was attested sooner after it was made than anybody can read it.', { version: content.version, cause: modelCause(fold, content),
      evidence: times.map(({ check }) => ({ version: check.version, expression: check.expression, role: 'against' as const })) })];
  },
});
