import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import schema from '../../fhir-profiles/own/model-registry.schema.json' with { type: 'json' };
import { AssayError } from '../../terms/errors.ts';
import type { ModelRegistry } from '../../terms/model-registry.ts';

/**
 * The registry of AI models from its file; undefined where none is configured.
 * @throws AssayError ASSAY_MODEL_REGISTRY_INVALID with the first place that does not fit
 */
export async function loadModels(file: string | undefined): Promise<ModelRegistry | undefined> {
  if (file === undefined) return undefined;
  const registry = await readFile(file, 'utf8').then((text) => JSON.parse(text) as unknown, () => undefined)
    .catch(() => { throw new AssayError('ASSAY_MODEL_REGISTRY_INVALID', 'not JSON'); });
  if (registry === undefined) throw new AssayError('ASSAY_MODEL_REGISTRY_INVALID', 'cannot be read');
  const validate = new Ajv({ strict: false, validateFormats: false }).compile<ModelRegistry>(schema);
  if (!validate(registry)) throw new AssayError('ASSAY_MODEL_REGISTRY_INVALID', validate.errors?.[0]?.instancePath || '/');
  return registry;
}
