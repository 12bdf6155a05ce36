import type { Device } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/ai-devices.json' with { type: 'json' };
import { isModel, type ModelEntry, type ModelRegistry } from '../../../terms/model-registry.ts';

/** What the rules keep of a Device that may be an AI. */
export type DeviceFacts = {
  readonly key: string;
  readonly version: string;
  readonly declaredAi: boolean;
  readonly softwareVersions: readonly string[];
  /** Business identifiers, as `system|value`. */
  readonly identifiers: readonly string[];
  /** `Device/id` of the device it is part of. */
  readonly parent: string | undefined;
  readonly model: ModelEntry | undefined;
};

const codes: ReadonlySet<string> = new Set(table.rows.filter((row) => row.kind === 'code').map((row) => row.value));
const words = new RegExp(table.rows.filter((row) => row.kind === 'words').map((row) => `(?:${row.value})`).join('|'), 'i');
/** A code that says of a device, or of an agent, that it is an AI. */
export const isAiDeviceCode = (code: string | undefined): boolean => code !== undefined && codes.has(code);

function declaresAi(device: Partial<Device>): boolean {
  if (device.type?.coding?.some((coding) => isAiDeviceCode(coding.code) || coding.system?.includes('aitransparency') === true) === true) return true;
  return [device.type?.text, ...(device.type?.coding ?? []).map((coding) => coding.display), ...(device.deviceName ?? []).map((one) => one.name)].some((text) => text !== undefined && words.test(text));
}

export function deviceFacts(key: string, version: string, device: Partial<Device>, models: ModelRegistry | undefined): DeviceFacts {
  return {
    key, version,
    declaredAi: declaresAi(device),
    softwareVersions: (device.version ?? []).flatMap((one) => (one.value === undefined ? [] : [one.value])),
    identifiers: (device.identifier ?? []).flatMap(({ system, value }) => (value === undefined ? [] : [`${system ?? ''}|${value}`])),
    parent: device.parent?.reference,
    model: models?.models.find((model) => isModel(device, model)),
  };
}
