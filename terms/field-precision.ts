import type { Validity } from './decision.ts';
import { wilson } from './wilson.ts';

/**
 * How often a rule was right in the field: what people found true (acceptable here or not) of what they could tell.
 * `low` and `high`: Wilson's 95% interval.
 */
export function fieldPrecision(counts: Readonly<Record<Validity, number>>): { right: number; of: number; low: number; high: number } {
  const right = counts['true-finding'] + counts['true-but-acceptable'];
  const of = right + counts['rule-wrong'] + counts['reference-wrong'];
  return { right, of, ...wilson(right, of) };
}
