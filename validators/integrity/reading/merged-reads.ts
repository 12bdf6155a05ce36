import type { Reads } from '../../../terms/rule.ts';

/** What several parts of a rule read, as one declaration. */
export function mergedReads(...all: readonly Reads[]): Reads {
  const reads: Record<string, readonly string[]> = {};
  for (const one of all) for (const [type, elements] of Object.entries(one)) reads[type] = [...new Set([...(reads[type] ?? []), ...elements])];
  return reads;
}
