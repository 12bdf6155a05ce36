import { afterAll, expect, test } from 'vitest';
import seed from '../../../fhir-profiles/policy/default.json' with { type: 'json' };
import registry from '../../../fhir-profiles/own/model-registry.example.json' with { type: 'json' };
import { raiseAlarms } from '../../../storage/alarms.ts';
import { putModel } from '../../../storage/models.ts';
import { propose, putPolicy } from '../../../storage/policies.ts';
import { keepScores } from '../../../storage/scores.ts';
import type { ModelEntry } from '../../../terms/model-registry.ts';
import type { Policy } from '../../../terms/policy.ts';
import { consoleApi } from '../../../test/support/console-api.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { judgedVersions } from '../../../test/support/judged-versions.ts';

const { db } = await testDatabase();
const api = await consoleApi(db);
afterAll(() => api.close());
const get = async (url: string) => { const answer = await api.inject(url); return { status: answer.statusCode, body: answer.json<Record<string, never>>() as Record<string, unknown> }; };

test('scores, alarms, policy and models are read as they stand', async () => {
  const { source, run, land, judge } = await judgedVersions(db);
  const { rows: [{ name } = { name: '' }] } = await db.query<{ name: string }>('select name from source where id = $1', [source]);
  const id = await run();
  await judge(id, await land(id, 'o', '{}'), 'hold', { rule: 'value-blood-pressure' });
  const policy = seed as Policy;
  await db.transaction(async (tx) => {
    await keepScores(tx, id);
    await raiseAlarms(tx, { source, run: id }, [{ rule: 'monitor-volume', ruleVersion: 1, outcome: 'wrong', scope: 'population', severity: 'warning', code: 'business-rule', expression: 'Observation', says: 'far fewer', evidence: [], cause: 'Observation', priority: 5, owner: 'mapping', dueDays: 30 }]);
    const { id: inForce } = await putPolicy(tx, policy, 'ada');
    await propose(tx, { body: policy, fromPolicy: inForce, rule: 'time-future', because: 'too often wrong', by: 'fhir-assay' });
    await putModel(tx, 'note-scribe', registry.models[0] as ModelEntry, 'ada');
  });
  expect(await get(`/api/scores?source=${name}`)).toMatchObject({ status: 200, body: { runs: [{ run: id, all: { criticalFailureCount: 1 }, byType: [{ type: 'Observation', resources: 1 }], byRule: [{ rule: 'value-blood-pressure', numerator: 0, denominator: 1, piqiScore: 0 }] }] } });
  expect((await get('/api/scores?source=nowhere')).status).toBe(404);
  expect(await get(`/api/scores/piqi?source=${name}`)).toMatchObject({ status: 200, body: { evaluationRubric: [{ mnemonic: 'FHIR_ASSAY' }], results: [{ messageID: id, dataSourceID: name, criticalFailureCount: 1, dataClassFrequency: [{ dataClass: 'Observation', count: 1 }] }] } });
  expect(await get(`/api/scores/piqi?source=${name}&run=999999`)).toMatchObject({ status: 200, body: { results: [] } });
  expect((await get('/api/scores/piqi?source=nowhere')).status).toBe(404);
  expect(await get('/api/alarms')).toMatchObject({ status: 200, body: { alarms: [{ source: name, run: id, rule: 'monitor-volume', subject: 'Observation', seenBy: null }] } });
  expect(await get('/api/policy')).toMatchObject({ status: 200, body: { inForce: { by: 'ada', body: { name: policy.name } }, proposals: [{ rule: 'time-future', by: 'fhir-assay' }] } });
  expect(await get('/api/models')).toMatchObject({ status: 200, body: { models: [{ model: 'note-scribe', by: 'ada', entry: { verification: 'required' } }] } });
});
