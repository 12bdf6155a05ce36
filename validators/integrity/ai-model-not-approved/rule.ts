import type { ModelEntry } from '../../../terms/model-registry.ts';
import { isBefore } from '../reading/moments.ts';
import type { DeviceFacts } from '../reading/model-devices.ts';
import { unevaluated, wrong } from '../say.ts';
import type { AiContent } from '../templates/ai-content.ts';
import { modelCause } from '../templates/ai-content.ts';
import { aiRule } from '../templates/ai-rule.ts';

/** Why the registry does not approve; undefined when it does. */
function fault(content: AiContent, device: DeviceFacts, model: ModelEntry, at: string | undefined): string | undefined {
  if (device.softwareVersions.length > 0 && !device.softwareVersions.some((version) => model.versions.includes(version))) return 'This version of the model is not in the registry.';
  if (!model.allowedTypes.includes(content.type)) return 'The registry does not allow this model to make records of this type.';
  if (at !== undefined && (isBefore(at, model.approvedFrom) || (model.approvedUntil !== undefined && isBefore(model.approvedUntil, at)))) {
    return 'The model was not approved at the time it generated this.';
  }
  return content.confidence !== undefined && model.confidenceFloor !== undefined && content.confidence < model.confidenceFloor
    ? 'The model was less confident of this than its floor in the registry allows.' : undefined;
}

export const aiModelNotApproved = aiRule({
  id: 'ai-model-not-approved', version: 6, category: 'value conformance',
  title: 'Not an approved model', why: 'Nobody has approved this model, this version or this use of it for the time when it made the content.',
  sources: ['the deployment’s model registry (fhir-profiles/own/model-registry.schema.json)', '45 CFR 170.315(b)(11)'],
  judge(content, fold) {
    const about = { version: content.version, cause: modelCause(fold, content) };
    if (fold.view.models === undefined) return [unevaluated(content.expression, 'No registry of models is in force, so nobody can tell whether this model was approved.', { ...about, cause: 'no registry' })];
    const agents = content.generations.flatMap((generation) => generation.devices.map((agent) => ({ agent, generation, device: fold.devices.get(agent.who) })));
    if (agents.every(({ device }) => device === undefined)) {
      return [unevaluated(content.expression, 'Which model made this is not known, so nobody can tell whether it was approved.', about)];
    }
    return agents.flatMap(({ agent, generation, device }) => {
      if (device === undefined) return [];
      const says = device.model === undefined ? 'The model that made this is not in the registry.' : fault(content, device, device.model, generation.at);
      return says === undefined ? [] : [wrong(content.expression, says, { ...about, evidence: [
        { version: generation.version, expression: agent.expression, role: 'against' }, { version: device.version, expression: 'Device', role: 'context' }] })];
    });
  },
});
