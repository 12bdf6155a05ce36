import { beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);

const concept = (code: string, system = 'http://a.example/codes') => ({ coding: [{ system, code }] });
const population = (code: string, more: object = {}) => ({ code: concept(code), count: 3, ...more });
const group = (more: object = {}) => ({ population: [population('initial')], ...more });
const defined = (code: string) => ({ code: concept(code), criteria: { language: 'text/cql', expression: 'x' } });

/** Errors and warnings about a report on a measure it contains. */
const said = (scoring: string, groups: readonly object[], report: object, type = 'summary'): string[] => {
  const measure = { resourceType: 'Measure', id: 'm', status: 'active', scoring: concept(scoring, 'http://terminology.hl7.org/CodeSystem/measure-scoring'), group: groups };
  const resource = { resourceType: 'MeasureReport', status: 'complete', type, measure: '#m', period: { start: '2026', end: '2026' }, contained: [measure], ...report };
  return validator.validate(Buffer.from(JSON.stringify(resource))).filter((f) => f.rule === 'profile-measure-report').map((f) => `${f.severity} ${f.code} ${f.expression.replace('MeasureReport', 'MR')}`);
};
const one = [{ population: [defined('initial')] }];
const two = [{ code: concept('a'), population: [defined('initial')] }, { code: concept('b'), population: [defined('initial')] }];

it.each([
  ['as its measure has it', 'cohort', one, { group: [group()] }, []],
  ['a score of a cohort', 'cohort', one, { group: [group({ measureScore: { value: 1 } })] }, ['error business-rule MR.group[0].measureScore']],
  ['no score of a proportion', 'proportion', one, { group: [group()] }, ['error required MR.group[0]']],
  ['a proportion of two, with a unit', 'proportion', one, { group: [group({ measureScore: { value: 2, unit: '%' } })] }, ['error business-rule MR.group[0].measureScore.unit', 'error required MR.group[0].measureScore.value']],
  ['a ratio without unit', 'ratio', one, { group: [group({ measureScore: { value: 2 } })] }, ['warning not-found MR.group[0].measureScore']],
  ['a population the measure does not have', 'cohort', one, { group: [group({ population: [population('initial'), population('other')] })] }, ['error business-rule MR.group[0].population[1]']],
  ['a population that is not reported', 'cohort', one, { group: [{}] }, ['error business-rule MR.group[0]']],
  ['subjects where none are listed, and no count', 'cohort', one, { group: [group({ population: [{ code: concept('initial'), subjectResults: { reference: 'List/1' } }] })] }, ['error business-rule MR.group[0].population[0]', 'warning business-rule MR.group[0].population[0]']],
  ['groups told apart by code', 'cohort', two, { group: [group({ code: concept('a') }), group({ code: concept('b') })] }, []],
  ['a group without code among several', 'cohort', two, { group: [group(), group({ code: concept('b') })] }, ['error business-rule MR.group[0]', 'error business-rule MR']],
  ['a group twice', 'cohort', two, { group: [group({ code: concept('a') }), group({ code: concept('a') }), group({ code: concept('b') })] }, ['error business-rule MR.group[1]']],
  ['a stratifier the measure has', 'cohort', [{ ...one[0], stratifier: [{ code: concept('s') }] }], { group: [group()] }, ['error business-rule MR.group[0]']],
] as const)('%s', (_name, scoring, groups, report, expected) => { expect(said(scoring, groups, report)).toEqual(expected); });

it('counts the subjects of a list that is at hand', () => {
  const list = { resourceType: 'List', id: 'l', status: 'current', mode: 'snapshot', entry: [{ item: { reference: 'Patient/1' } }, { item: { reference: 'Patient/2' } }] };
  const measure = { resourceType: 'Measure', id: 'm', status: 'active', scoring: concept('cohort', 'http://terminology.hl7.org/CodeSystem/measure-scoring'), group: one };
  const report = (count: number) => said('cohort', one, { contained: [measure, list], group: [group({ population: [population('initial', { count, subjectResults: { reference: '#l' } })] })] }, 'subject-list');
  expect([report(2), report(5)]).toEqual([[], ['error business-rule MR.group[0].population[0]']]);
});

it('says that a measure is not at hand', () => {
  const [finding] = validator.validate(Buffer.from(JSON.stringify({ resourceType: 'MeasureReport', status: 'complete', type: 'summary', measure: 'http://a.example/m', period: { start: '2026' } }))).filter((f) => f.rule === 'profile-measure-report');
  expect(finding).toMatchObject({ unevaluated: true, severity: 'warning' });
});
