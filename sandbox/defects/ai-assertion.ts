import { copyOf, textAt, type JsonObject } from '../json-exact.ts';
import { modelSystem, type Model } from './ai-models.ts';
import type { Change, Chart } from './defect.ts';

const aiAsserted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST', display: 'Artificial Intelligence asserted' };
const participant = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
const minute = 60_000;

/** Content of before this day is left alone: the models did not exist. */
export const aiSince = '2024-01-01';

/** Somebody who looked at it, so many minutes after it was made. */
export type Check = { readonly who: string; readonly minutes: number; readonly code?: string; readonly more?: JsonObject };
export type Made = {
  /** An instant; it is generated five minutes later. */
  readonly at: string;
  readonly own: JsonObject;
  readonly checks?: readonly Check[];
  /** False leaves the label off. */
  readonly labelled?: boolean;
  readonly carries?: boolean;
  /** Changes the Device, or the Provenance of its making; undefined leaves the Provenance off. */
  readonly device?: (device: JsonObject) => JsonObject;
  readonly making?: (provenance: JsonObject) => JsonObject | undefined;
};

/** A copy of `template` as a model made it: the AIAST label, the model's Device, a Provenance that names it, and one for each check. */
export function aiAssertion(template: JsonObject, { random }: Chart, model: Model, made: Made): Change[] {
  const type = String(template['resourceType']), id = random.id();
  // A device that is not the model's usual one has an id of its own.
  const device = made.device === undefined ? deviceOf(model) : made.device({ ...deviceOf(model), id: random.id() });
  const generated = Date.parse(made.at) + 5 * minute;
  const meta = { ...(typeof template['meta'] === 'object' ? template['meta'] : {}), security: made.labelled === false ? [] : [aiAsserted] };
  const making = provenance(random.id(), `${type}/${id}`, generated, 'assembler', `Device/${textAt(device, 'id')}`, { display: model.name });
  const kept = made.making === undefined ? making : made.making(making);
  return [
    { how: 'add', resource: device }, { how: 'add', resource: { ...copyOf(template), id, meta, ...made.own }, carries: made.carries ?? true },
    ...(kept === undefined ? [] : [{ how: 'add' as const, resource: kept }]),
    ...(made.checks ?? []).map(({ who, minutes, code, more }): Change => ({ how: 'add', resource: provenance(random.id(), `${type}/${id}`, generated + minutes * minute, code ?? 'verifier',
      who === 'itself' ? `Device/${textAt(device, 'id')}` : who, {}, more?.['onBehalfOf'] === undefined ? more : { onBehalfOf: { reference: `Device/${textAt(device, 'id')}` } }) })),
  ];
}

/** A person who read it twenty minutes later; nobody where none is known. */
export const readBy = (who: string | undefined): readonly Check[] => (who === undefined ? [] : [{ who, minutes: 20 }]);

const deviceOf = ({ value, name, version }: Model): JsonObject => ({
  resourceType: 'Device', id: `ai-${value}-${version.replace(/[^\w-]/g, '-')}`,
  identifier: [{ system: modelSystem, value }], status: 'active', manufacturer: 'Sandbox AI',
  modelNumber: value, deviceName: [{ name, type: 'model-name' }], version: [{ value: version }],
  type: { text: 'Artificial intelligence model' },
});

function provenance(id: string, target: string, recorded: number, role: string, who: string, more: JsonObject, agent: JsonObject = {}): JsonObject {
  const at = new Date(recorded).toISOString();
  return { resourceType: 'Provenance', id, target: [{ reference: target }], occurredDateTime: at, recorded: at, agent: [{ type: { coding: [{ system: participant, code: role }] }, who: { reference: who, ...more }, ...agent }] };
}

export function anyPractitioner({ store, random }: Chart): string | undefined {
  const all = [...store.current('Practitioner')];
  const one = all[random.below(all.length)];
  return one && `Practitioner/${one.id}`;
}
