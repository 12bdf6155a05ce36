import type { DeviceHead } from '../../storage/asserted-by.ts';
import type { ModelEntry } from '../../terms/model-registry.ts';

type Device = { readonly modelNumber?: unknown; readonly identifier?: readonly { readonly system?: unknown; readonly value?: unknown }[] };

/** Whether the Device is the model of the registry's entry: by a business identifier or the model number, as the rules recognise it. */
export function isModel({ identifiers, modelNumber }: ModelEntry, { text }: DeviceHead): boolean {
  const device = JSON.parse(text) as Device;
  return (modelNumber !== undefined && device.modelNumber === modelNumber)
    || (Array.isArray(device.identifier) && device.identifier.some((one) => identifiers.some(({ system, value }) => one?.system === system && one.value === value)));
}
