import { createHash } from 'node:crypto';
import type { VersionRuling } from '../../storage/decisions.ts';
import type { Finding } from '../../terms/finding.ts';
import type { Ruled } from './deps.ts';

export type AppliedRuling = { readonly version: string; readonly decision: string; readonly rule: string; readonly cause: string };
export type Rulings = {
  /** The rulings on one version's findings. */
  of(version: string): Ruled | undefined;
  /** Those that speak of these findings of the version: what its verdicts are keyed by, and what to judge again when one ends. */
  applied(version: string, findings: readonly Finding[]): AppliedRuling[];
};

const key = (version: string | null, about: { rule: string; cause: string }): string => `${version ?? ''} ${about.rule}\u0000${about.cause}`;

/** @param inForce the newest first: where two speak of one finding and purpose, the newest holds */
export function rulings(inForce: readonly VersionRuling[]): Rulings {
  const by = Map.groupBy(inForce, (one) => key(one.version, one));
  const on = (version: string, finding: Finding): readonly VersionRuling[] => [...by.get(key(version, finding)) ?? [], ...by.get(key(null, finding)) ?? []];
  return {
    of: (version) => inForce.length === 0 ? undefined
      : (finding, purpose) => on(version, finding).find((one) => one.purposes.includes(purpose))?.action,
    applied: (version, findings) => inForce.length === 0 ? []
      : findings.flatMap((finding) => on(version, finding).map(({ decision, rule, cause }) => ({ version, decision, rule, cause }))),
  };
}

/** [11] The hash of the rulings that a verdict was made under; empty where there were none. */
export function rulingsHash(applied: readonly AppliedRuling[]): Buffer {
  if (applied.length === 0) return Buffer.alloc(0);
  return createHash('sha256').update([...new Set(applied.map((one) => one.decision))].sort().join('\n')).digest();
}
