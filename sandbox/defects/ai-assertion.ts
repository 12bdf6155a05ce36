import { copyOf, textAt, type JsonObject } from '../json-exact.ts';
import { modelSystem, type Model } from './ai-models.ts';
import type { Change, Chart } from './defect.ts';

const aiAsserted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST', display: 'Artificial Intelligence asserted' };
const participant = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
const minute = 60_000;

/** Content of before this day is left alone: the models did not exist. */
export const aiSince = '2024-01-01';

/**
 * A copy of `template` as a model made it: the AIAST label, the model's Device, a Provenance that names it and,
 * `verifiedBy` given, a second one twenty minutes later.
 */
export function aiAssertion(
  template: JsonObject, { random }: Chart, model: Model,
  made: { at: string; own: JsonObject; verifiedBy?: string; carries?: boolean },
): Change[] {
  const type = String(template['resourceType']), id = random.id();
  const device = deviceOf(model);
  const generated = Date.parse(made.at) + 5 * minute;
  const meta = { ...(typeof template['meta'] === 'object' ? template['meta'] : {}), security: [aiAsserted] };
  const changes: Change[] = [
    { how: 'add', resource: device },
    { how: 'add', resource: { ...copyOf(template), id, meta, ...made.own }, carries: made.carries ?? true },
    { how: 'add', resource: provenance(random.id(), `${type}/${id}`, generated, 'assembler', `Device/${textAt(device, 'id')}`, model.name) },
  ];
  if (made.verifiedBy)
    changes.push({ how: 'add', resource: provenance(random.id(), `${type}/${id}`, generated + 20 * minute, 'verifier', made.verifiedBy) });
  return changes;
}

const deviceOf = ({ value, name, version }: Model): JsonObject => ({
  resourceType: 'Device', id: `ai-${value}-${version.replace(/[^\w-]/g, '-')}`,
  identifier: [{ system: modelSystem, value }], status: 'active', manufacturer: 'Sandbox AI',
  modelNumber: value, deviceName: [{ name, type: 'model-name' }], version: [{ value: version }],
  type: { text: 'Artificial intelligence model' },
});

function provenance(id: string, target: string, recorded: number, role: string, who: string, display?: string): JsonObject {
  return {
    resourceType: 'Provenance', id, target: [{ reference: target }],
    occurredDateTime: new Date(recorded).toISOString(), recorded: new Date(recorded).toISOString(),
    agent: [{ type: { coding: [{ system: participant, code: role }] }, who: { reference: who, ...(display && { display }) } }],
  };
}

export function anyPractitioner({ store, random }: Chart): string | undefined {
  const all = [...store.current('Practitioner')];
  const one = all[random.below(all.length)];
  return one && `Practitioner/${one.id}`;
}
