import { unevaluated, wrong } from '../say.ts';
import { aiRule } from '../templates/ai-rule.ts';
import { modelCause } from '../templates/ai-content.ts';

export const aiNoProvenance = aiRule({
  id: 'ai-no-provenance', version: 6,
  title: 'AI content without provenance', why: 'Nobody can tell which model in which version made it, so a faulty model’s output cannot be found again.',
  sources: ['http://hl7.org/fhir/uv/aitransparency (1.0.0-ballot)', '45 CFR 170.315(b)(11)'],
  judge(content, fold) {
    const named = content.generations.flatMap((generation) => generation.devices.map((device) => ({ ...device, version: generation.version })));
    const about = { version: content.version, cause: modelCause(fold, content) };
    if (named.length === 0) {
      return [wrong(content.expression, 'An AI asserted this, and no Provenance names the device that made it.', about)];
    }
    const devices = named.map((agent) => fold.devices.get(agent.who));
    if (devices.some((device) => device !== undefined && device.softwareVersions.length > 0)) return [];
    const evidence = named.map((agent) => ({ version: agent.version, expression: `${agent.expression}.who`, role: 'against' as const }));
    return devices.every((device) => device === undefined)
      ? [unevaluated(content.expression, 'The device that the Provenance names has not landed, so its version is unknown.', { ...about, evidence })]
      : [wrong(content.expression, 'The Provenance names the device that made this, but the device states no version of its software.', { ...about, evidence })];
  },
});
