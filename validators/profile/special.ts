import { checkBundle } from './bundle.ts';
import type { Checker } from './checker.ts';
import type { JsonObject } from './run.ts';

/** Rules that the specification states in words only, by resource type. */
export const checkSpecial = (checker: Checker, type: string, resource: JsonObject, profiles: ReadonlySet<string>): void => {
  void profiles;
  if (type === 'Bundle') checkBundle(checker, resource);
};
