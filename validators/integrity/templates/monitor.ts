import type { PopulationRule, RuleFacts } from '../../../terms/rule.ts';
import { populationRule } from '../population-rule.ts';
import { unevaluated, wrong } from '../say.ts';

/** A share of a whole, or a measured number (`of` absent), run after run; `subject` is safe to show: a type, a code, a model. */
export type Point = { readonly count: number; readonly of?: number };
export type MonitorCandidate = { readonly subject: string; readonly expression: string; readonly before: readonly Point[]; readonly now: Point };

const fewestRuns = 5;
/** Deviations, in sigmas, that twenty ordinary runs do not show; and the least change that matters. */
const bounds = { sigmas: 4.5, change: 0.25 };

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

const value = (point: Point): number => (point.of === undefined ? point.count : point.of === 0 ? 0 : point.count / point.of);

/** Whether a run leaves the band of those before: robust spread, and what chance alone would give counts of this size. */
export function outOfBand(before: readonly Point[], now: Point): boolean {
  const values = before.map(value);
  const middle = median(values);
  const spread = 1.4826 * median(values.map((one) => Math.abs(one - middle)));
  const chance = now.of === undefined ? Math.sqrt(Math.max(middle, 1)) : Math.sqrt(Math.max(middle * (1 - middle), 1 / (now.of + 1)) / Math.max(now.of, 1));
  const deviation = Math.abs(value(now) - middle);
  return deviation > bounds.sigmas * Math.hypot(spread, chance) && deviation > bounds.change * middle;
}

type Stated = Omit<RuleFacts, 'scope' | 'kind' | 'reads' | 'category' | 'parameters'> & { readonly says: string };

/** A rule over a run as a whole: its findings are about the run, not about a version. */
export const monitor = ({ says, ...facts }: Stated): PopulationRule<MonitorCandidate> => populationRule<MonitorCandidate>({
  ...facts, category: 'temporal plausibility', reads: {},
  parameters: { schema: { type: 'object', properties: { sigmas: { type: 'number' }, change: { type: 'number' } }, required: ['sigmas', 'change'] }, defaults: bounds },
  judge({ subject, expression, before, now }) {
    if (before.length < fewestRuns) return [unevaluated(expression, 'Fewer than five runs came before, so there is no band to compare with.', { cause: subject })];
    return outOfBand(before, now) ? [wrong(expression, says, { cause: subject })] : [];
  },
});
