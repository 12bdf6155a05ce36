import { beforeAll, expect, test } from 'vitest';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { loadBase, measurable, measure } from '../support/measure-defect.ts';
import { measureTogether, together } from '../support/measure-population.ts';

/** Issue 5: recall and precision of rules that compute, and of rules that judge. */
const least = { compute: 0.99, judge: 0.9 } as const;
const fewest = 25;

const base = loadBase();
const measured = measurable.map((one) => measure(base, one));
// What only all records together show, asked of the statements in a scratch PostgreSQL.
beforeAll(async () => { measured.push(...await measureTogether(base)); }, 300_000);

test('what is planted is found, what looks like it is not', () => {
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const rows = measured.map((one) => ({ ...one, recall: share(one.found, one.planted), precision: share(one.found, one.found + one.falseAlarms) }));
  console.log(['rule                               kind     planted  found  near misses  false alarms  recall  precision',
    ...rows.map(({ rule, planted, found, nearMisses, falseAlarms, recall, precision }) => [rule.id.padEnd(34), rule.kind.padEnd(8), String(planted).padStart(7), String(found).padStart(6), String(nearMisses).padStart(12),
      String(falseAlarms).padStart(13), recall.toFixed(3).padStart(7), precision.toFixed(3).padStart(10)].join(' ')),
    `${rows.length} rules, ${rows.reduce((sum, one) => sum + one.planted, 0)} planted, ${rows.reduce((sum, one) => sum + one.nearMisses, 0)} near misses`].join('\n'));
  expect(rows.filter(({ rule, recall, precision }) => Math.min(recall, precision) < least[rule.kind]).map(({ rule, missed, alarmed }) => ({ rule: rule.id, missed, alarmed }))).toEqual([]);
});

test('each defect comes at least 25 times, in each of its forms', () => {
  expect(measured.filter(({ planted, notPlanted }) => planted < fewest || notPlanted.length > 0).map(({ rule, planted, notPlanted }) => ({ rule: rule.id, planted, notPlanted }))).toEqual([]);
});

test('every rule but the monitors has its defect', () => {
  const known = new Set([...measurable, ...together].map(({ rule }) => rule.id));
  expect(allRules.filter(({ id }) => !id.startsWith('monitor-') && !known.has(id)).map(({ id }) => id)).toEqual([]);
});
