import type { Finding } from '../../terms/finding.ts';
import type { Resource } from '../../terms/rule.ts';
import { checkHistory } from '../../validators/integrity/check-history.ts';
import { checkResource } from '../../validators/integrity/check-resource.ts';
import { saidOnce } from '../../validators/integrity/same-fault.ts';

/** Profile findings of a resource's bytes. */
export type CheckProfiles = (bytes: Uint8Array) => readonly Finding[];

/** All that can be said of a version from its bytes and the version before: profiles, resource and history scope. */
export const checks = (profiles: CheckProfiles) =>
  (bytes: Uint8Array, resource: Resource, asOf: string, before?: { resource: Resource; version: string }): readonly Finding[] => {
    const own = checkResource(resource, { asOf });
    return [
      ...saidOnce(profiles(bytes), own), ...own,
      ...(before === undefined ? [] : checkHistory(before.resource, resource, { asOf, beforeVersion: before.version })),
    ];
  };
