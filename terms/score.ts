import { hdqtOf } from './hdqt.ts';
import type { Policy } from './policy.ts';
import type { Category, RuleFacts } from './rule.ts';

/** Of some current records: how many there are of each type, and how many failed a rule, or could not be checked by it. */
export type Tally = {
  readonly types: readonly { readonly type: string; readonly resources: number }[];
  readonly rules: readonly { readonly type: string; readonly rule: string; readonly failed: number; readonly unevaluated: number }[];
};

/** The categories of PIQI's taxonomy: hdqt.ts. */
export type Dimension = 'Availability' | 'Accuracy' | 'Conformity' | 'Plausibility';

/** A criterion of the rubric: a rule and a type that it reads. What could not be checked is skipped, and counts in neither number. */
export type Criterion = {
  readonly rule: string; readonly type: string; readonly category: Category; readonly dimension: Dimension;
  /** 1 to 5: the graver what the rule finds, the more. */
  readonly weight: number;
  /** A failure keeps the record from a care feed. */
  readonly critical: boolean;
};

/** Counts, and shares as whole percents; names as the ballot of PIQI's Edition 2 has them. Edition 1's document: piqi.ts. */
export type Score = {
  readonly numerator: number; readonly denominator: number; readonly piqiScore: number; readonly criticalFailureCount: number;
  readonly weightedNumerator: number; readonly weightedDenominator: number; readonly weightedPIQIScore: number;
};

/** Checks of profiles and terminology, each as one rule over every type. */
export const conformance: readonly Pick<RuleFacts, 'id' | 'version' | 'title' | 'why' | 'category' | 'scope' | 'reads'>[] = [
  { id: 'profile', version: 1, title: 'Not as its profile says', why: 'Who reads the record by its profile reads it wrongly, or not at all.', category: 'value conformance', scope: 'resource', reads: { '*': [] } },
  { id: 'terminology', version: 1, title: 'A code outside its value set', why: 'Nobody who expects the value set knows the code.', category: 'value conformance', scope: 'resource', reads: { '*': [] } },
];

export const readsType = ({ reads }: Pick<RuleFacts, 'reads'>, type: string): boolean => reads[type] !== undefined || reads['*'] !== undefined;

/** The rubric for these types: every rule over one resource or one patient that reads one of them. */
export function rubric(types: readonly string[], rules: readonly Pick<RuleFacts, 'id' | 'category' | 'scope' | 'reads'>[], policy: Policy): Criterion[] {
  return types.flatMap((type) => [...conformance, ...rules]
    .filter((rule) => (rule.scope === 'resource' || rule.scope === 'patient') && readsType(rule, type))
    .map(({ id, category }): Criterion => {
      const { action, priority = 5 } = policy.rules[id] ?? policy.bySeverity.error;
      return { rule: id, type, category, dimension: hdqtOf(id, category).split('.')[0] as Dimension, weight: 6 - priority, critical: action === 'hold' || action === 'exclude' };
    }));
}

/** The score of a tally over some criteria of its rubric. */
export function score(tally: Tally, criteria: readonly Criterion[]): Score {
  const resources = new Map(tally.types.map((one) => [one.type, one.resources]));
  const found = new Map(tally.rules.map((one) => [`${one.type} ${one.rule}`, one]));
  let [numerator, denominator, weightedNumerator, weightedDenominator, criticalFailureCount] = [0, 0, 0, 0, 0];
  for (const { type, rule, weight, critical } of criteria) {
    const { failed = 0, unevaluated = 0 } = found.get(`${type} ${rule}`) ?? {};
    const assessed = (resources.get(type) ?? 0) - unevaluated;
    denominator += assessed;
    numerator += assessed - failed;
    weightedDenominator += weight * assessed;
    weightedNumerator += weight * (assessed - failed);
    if (critical) criticalFailureCount += failed;
  }
  return { numerator, denominator, piqiScore: percent(numerator, denominator), criticalFailureCount,
    weightedNumerator, weightedDenominator, weightedPIQIScore: percent(weightedNumerator, weightedDenominator) };
}

/** Whole percents as PIQI has them; only what has no failure is 100. */
const percent = (part: number, whole: number): number => (part === whole ? 100 : Math.min(99, Math.round((100 * part) / whole)));

export type Scores = {
  readonly all: Score;
  readonly byType: readonly (Score & { readonly type: string; readonly resources: number })[];
  readonly byDimension: readonly (Score & { readonly dimension: Dimension })[];
  readonly byCategory: readonly (Score & { readonly category: Category })[];
  /** Rules that failed anywhere, those with most failures first. */
  readonly byRule: readonly (Score & { readonly rule: string })[];
};

/** A tally scored in every way that people ask for. */
export function scores(tally: Tally, rules: readonly Pick<RuleFacts, 'id' | 'category' | 'scope' | 'reads'>[], policy: Policy): Scores {
  const criteria = rubric(tally.types.map((one) => one.type), rules, policy);
  const by = <K extends 'type' | 'dimension' | 'category' | 'rule'>(key: K) =>
    [...Map.groupBy(criteria, (one) => one[key])].map(([name, some]) => ({ [key]: name, ...score(tally, some) }) as Score & Record<K, Criterion[K]>);
  const resources = new Map(tally.types.map((one) => [one.type, one.resources]));
  return {
    all: score(tally, criteria), byDimension: by('dimension'), byCategory: by('category'),
    byType: by('type').map((one) => ({ ...one, resources: resources.get(one.type) ?? 0 })),
    byRule: by('rule').filter((one) => one.numerator < one.denominator)
      .sort((a, b) => (b.denominator - b.numerator) - (a.denominator - a.numerator) || (a.rule < b.rule ? -1 : 1)),
  };
}
