import { lockedPackages } from '../../packages/add.ts';
import { loadPackages } from '../../packages/load.ts';
import { jsonSchema } from '../../validators/profile/json-schema.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';
import { profileLock } from './profile-lock.ts';

/** The structural part of a profile (by its URL) or type (by its name) under the packages in force, as JSON Schema; undefined: none defines it. */
export type StructureOf = (name: string) => Promise<object | undefined>;

/** @param packages those that the configuration names beside the locked ones; loaded at the first call and kept */
export function structures(packages: readonly string[]): StructureOf {
  let loading: Promise<ReturnType<typeof createProfileValidator>['program']> | undefined;
  const load = async () => createProfileValidator({ packages: await loadPackages([...await lockedPackages(profileLock), ...packages]) }).program;
  return async (name) => {
    const { catalog, terminology } = await (loading ??= load().catch((error: unknown) => { loading = undefined; throw error; }));
    return jsonSchema(catalog, terminology, name.includes(':') ? name : `http://hl7.org/fhir/StructureDefinition/${name}`);
  };
}
