import type { Finding } from '../../terms/finding.ts';
import type { Resource } from '../../terms/rule.ts';
import { checkHistory } from '../../validators/integrity/check-history.ts';
import { checkResource } from '../../validators/integrity/check-resource.ts';

/** Profile findings of a resource's bytes. */
export type CheckProfiles = (bytes: Uint8Array) => readonly Finding[];

// Invariants that a rule checks too, with zones and precision: one fault is one finding, the rule's.
const sameFault: Readonly<Record<string, string>> = { 'profile-invariant/per-1': 'time-start-after-end' };

/** All that can be said of a version from its bytes and the version before: profiles, resource and history scope. */
export const checks = (profiles: CheckProfiles) =>
  (bytes: Uint8Array, resource: Resource, asOf: string, before?: { resource: Resource; version: string }): readonly Finding[] => {
    const own = checkResource(resource, { asOf });
    const said = new Set(own.map(({ rule, expression }) => `${rule} ${expression}`));
    return [
      ...profiles(bytes).filter(({ rule, expression }) => sameFault[rule] === undefined || !said.has(`${sameFault[rule]} ${expression}`)), ...own,
      ...(before === undefined ? [] : checkHistory(before.resource, resource, { asOf, beforeVersion: before.version })),
    ];
  };
