import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import schema from '../fhir-profiles/policy/schema.json' with { type: 'json' };
import seed from '../fhir-profiles/policy/default.json' with { type: 'json' };
import { AssayError } from '../terms/errors.ts';
import type { Policy } from '../terms/policy.ts';

/** The catalogue's defaults: what is in force until somebody puts another. */
export const policySeed = seed as Policy;

/** @throws AssayError ASSAY_POLICY_INVALID with the first place that does not fit */
export async function readPolicy(file: string): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch(() => { throw new AssayError('ASSAY_POLICY_INVALID', 'cannot be read'); });
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw new AssayError('ASSAY_POLICY_INVALID', 'not JSON');
  }
  return fittingPolicy(policy);
}

/** @throws AssayError ASSAY_POLICY_INVALID with the first place that does not fit */
export function fittingPolicy(policy: unknown): Policy {
  const validate = new Ajv({ strict: false }).compile<Policy>(schema);
  if (!validate(policy)) throw new AssayError('ASSAY_POLICY_INVALID', `${validate.errors?.[0]?.instancePath || '/'} ${validate.errors?.[0]?.message ?? ''}`.trim());
  return policy;
}
