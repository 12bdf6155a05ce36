import type { Device } from '@medplum/fhirtypes';
import type { ModelEntry, ModelRegistry } from '../../../terms/model-registry.ts';

/** What the rules keep of a Device that may be an AI. */
export type DeviceFacts = {
  readonly key: string;
  readonly version: string;
  readonly declaredAi: boolean;
  readonly softwareVersions: readonly string[];
  /** `Device/id` of the device it is part of. */
  readonly parent: string | undefined;
  readonly model: ModelEntry | undefined;
};

/** AI Transparency on FHIR 1.0.0-ballot: AI-Device fixes Device.type to this code of AIdeviceTypeCS. */
export const aiDeviceCode = 'Artificial-Intelligence';

export function deviceFacts(key: string, version: string, device: Partial<Device>, models: ModelRegistry | undefined): DeviceFacts {
  return {
    key, version,
    declaredAi: device.type?.coding?.some((coding) => coding.code === aiDeviceCode || coding.system?.includes('aitransparency') === true) ?? false,
    softwareVersions: (device.version ?? []).flatMap((one) => (one.value === undefined ? [] : [one.value])),
    parent: device.parent?.reference,
    model: models?.models.find((model) => isModel(device, model)),
  };
}

const isModel = (device: Partial<Device>, model: ModelEntry): boolean =>
  (model.modelNumber !== undefined && device.modelNumber === model.modelNumber)
  || model.identifiers.some((known) => device.identifier?.some((one) => one.system === known.system && one.value === known.value) ?? false);
