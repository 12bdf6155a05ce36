import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import seed from '../../../fhir-profiles/policy/default.json' with { type: 'json' };
import { piqi } from '../../../terms/piqi.ts';
import type { Policy } from '../../../terms/policy.ts';
import { allRules } from '../../../validators/integrity/all-rules.ts';
import { PiqiDocument } from './piqi.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const asEdition1 = ajv.compile(PiqiDocument);

const tally = {
  types: [{ type: 'Condition', resources: 4 }, { type: 'Observation', resources: 1_000 }, { type: 'Patient', resources: 3 }],
  rules: [
    { type: 'Condition', rule: 'patient-sex-conflict', failed: 1, unevaluated: 2 }, { type: 'Observation', rule: 'value-unit-fits', failed: 7, unevaluated: 3 },
    { type: 'Observation', rule: 'terminology', failed: 2, unevaluated: 900 }, { type: 'Patient', rule: 'identity-duplicate-pair', failed: 2, unevaluated: 0 },
  ],
};
const inForce = { id: 3, body: seed as Policy, at: new Date('2026-03-01T08:00:00Z') };
const made = () => piqi([{ messageID: '12', source: 'lakeside', tally }, { messageID: '13', source: 'lakeside', tally: { types: [], rules: [] } }], allRules, inForce);

test('the document has the fields of Edition 1 and no other', () => {
  expect(asEdition1(made()), JSON.stringify(asEdition1.errors)).toBe(true);
  // As JSON, which drops what is undefined, too.
  expect(asEdition1(JSON.parse(JSON.stringify(made())))).toBe(true);
});

test.for<[string, (document: ReturnType<typeof made>) => unknown]>([
  ['a result without its message', ({ results: [result, ...rest], ...more }) => ({ ...more, results: [{ ...result, messageID: undefined }, ...rest] })],
  ['a share above 100', ({ results: [result, ...rest], ...more }) => ({ ...more, results: [{ ...result, piqiIndex: 101 }, ...rest] })],
  ['a critical criterion that is informational', (document) => ({ ...document, evaluationRubric: document.evaluationRubric.map((one) => ({ ...one,
    criteria: one.criteria.map((criterion) => criterion.scoringEffect === 'informational' ? { ...criterion, criticalityIndicator: true } : criterion) })) })],
  ['an effect that Edition 1 does not have', (document) => ({ ...document, evaluationRubric: document.evaluationRubric.map((one) => ({ ...one,
    criteria: one.criteria.map((criterion) => ({ ...criterion, scoringEffect: 'Detection' })) })) })],
  ['a module of another dimension', (document) => ({ ...document, simpleAssessmentModules: document.simpleAssessmentModules.map((one) => ({ ...one, hdqtDimension: 'Timeliness.Late' })) })],
  ['a field of our own', (document) => ({ ...document, results: document.results.map((one) => ({ ...one, grade: 'A' })) })],
])('the schema refuses %s', ([, spoil]) => {
  expect(asEdition1(spoil(made()))).toBe(false);
});

test('the result follows from the rubric: scored criteria alone, weighted, skipped in neither number', () => {
  const { evaluationRubric: [rubric], simpleAssessmentModules, results: [result, nothing] } = made();
  const criteria = rubric?.criteria ?? [];
  let [total, potential, weighted, potentialWeighted, critical] = [0, 0, 0, 0, 0];
  for (const { sequence, passed, failed, skipped } of result?.details.criteria ?? []) {
    const criterion = criteria[sequence - 1];
    const instances = result?.dataClassFrequency.find(({ dataClass }) => dataClass === criterion?.dataClass)?.count;
    expect(passed + failed + skipped).toBe(instances);
    if (criterion?.scoringEffect !== 'scoring') continue;
    total += passed;
    potential += passed + failed;
    weighted += criterion.scoringWeight * passed;
    potentialWeighted += criterion.scoringWeight * (passed + failed);
    critical += criterion.criticalityIndicator ? failed : 0;
  }
  expect(result).toMatchObject({ totalItemScore: total, potentialItemScore: potential, totalWeightedItemScore: weighted, potentialWeightedItemScore: potentialWeighted, criticalFailureCount: critical });
  expect([potential - total, critical >= 7, Math.abs((result?.piqiIndex ?? 0) - 100 * total / potential) < 0.01]).toEqual([1 + 7 + 2, true, true]);
  expect(result?.piqiIndex).toBeLessThan(100);
  expect(nothing).toMatchObject({ potentialItemScore: 0, piqiIndex: null, piqiWeightedIndex: null, dataClassFrequency: [] });
  // Sequence without gaps, one data class after the other; each module named is described once, and none besides.
  expect(criteria.map(({ sequence }) => sequence)).toEqual(criteria.map((_, at) => at + 1));
  const classes = criteria.map(({ dataClass }) => dataClass);
  expect(classes).toEqual(['Condition', 'Observation', 'Demographics'].flatMap((name) => classes.filter((one) => one === name)));
  expect(simpleAssessmentModules.map(({ mnemonic }) => mnemonic).sort()).toEqual([...new Set(criteria.map(({ SAMMnemonic }) => SAMMnemonic))].sort());
});

test('a rule with the question of a PIQI module goes under its mnemonic, on its type alone', () => {
  const under = (rule: string) => made().evaluationRubric[0]?.criteria.filter(({ SAMShortName }) => SAMShortName === rule).map(({ dataClass, SAMMnemonic, scoringEffect }) => [dataClass, SAMMnemonic, scoringEffect]);
  expect(under('value-unit-fits')).toEqual([['Observation', 'LabResult_UnitIsPlausible', 'scoring']]);
  expect(under('patient-sex-conflict')).toEqual([['Condition', 'Condition_SexPlausible', 'scoring'], ['Demographics', 'Assay_PatientSexConflict', 'scoring']]);
  expect(under('identity-duplicate-pair')).toEqual([['Demographics', 'Assay_IdentityDuplicatePair', 'informational']]);
});
