import { afterAll, expect, test } from 'vitest';
import { asker, exceptionStage, heldCase, view } from '../../../test/support/held-cases.ts';
import { registerSource } from '../../../storage/source.ts';
import { consoleApi } from '../../../test/support/console-api.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { requestsReader } from '../../../apps/product/requests-reader.ts';

const { db } = await testDatabase();
const tokens: Record<string, string> = { LAKESIDE: 'the token of lakeside', AGNES: 'the token of agnes' };
const api = await consoleApi(db, { requestsReader: requestsReader(db, (name) => tokens[name]) });
afterAll(() => api.close());
const ask = asker(db, exceptionStage(db));
const read = (url: string, token?: string) => api.inject({ url, ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token.replaceAll(' ', '-')}` } }) });

async function asked(tokenEnv: string): Promise<string> {
  tokens[tokenEnv] = (tokens[tokenEnv] ?? '').replaceAll(' ', '-');
  const { exception, source } = await heldCase(db, ['a', 'b']);
  await registerSource(db, { name: source, kind: 'bulk', settings: { url: 'https://ehr.example/fhir/', requests: { tokenEnv } } });
  await ask(exception, { act: 'decide', view: view({ disposition: 'chart-correction', validity: 'true-finding', reason: 'Swapped.' }) });
  return (await db.query<{ id: string }>('select id from case_task where exception_id = $1', [exception])).rows[0]?.id ?? '';
}

test('an EHR reads its own Tasks, and nobody else’s', async () => {
  const [mine, other] = [await asked('LAKESIDE'), await asked('AGNES')];
  const one = await read(`/fhir/Task/${mine}`, 'the token of lakeside');
  expect(one.headers['content-type']).toMatch(/^application\/fhir\+json/);
  expect(one.json()).toMatchObject({
    resourceType: 'Task', id: mine, status: 'requested', intent: 'order', description: 'Swapped.', focus: { reference: 'https://ehr.example/fhir/Observation/a' },
    input: [{ valueReference: { reference: 'https://ehr.example/fhir/Observation/a' } }, { valueReference: { reference: 'https://ehr.example/fhir/Observation/b' } }],
  });
  const { entry } = (await read('/fhir/Task?status=requested', 'the token of lakeside')).json<{ entry: { resource: { id: string } }[] }>();
  expect(entry.map(({ resource }) => resource.id)).toEqual([mine]);
  expect((await read('/fhir/Task?status=completed', 'the token of lakeside')).json()).toMatchObject({ type: 'searchset', entry: [] });
  expect((await read(`/fhir/Task/${other}`, 'the token of lakeside')).statusCode).toBe(404);
});

test.for([['no token', undefined], ['another', 'the token of nobody'], ['a short one', 'x']] as const)('%s opens nothing', async ([, token]) => {
  expect((await read('/fhir/Task', token)).json()).toMatchObject({ status: 401, code: 'ASSAY_REQUEST_TOKEN' });
});

test('a variable that is empty opens nothing', async () => {
  await asked('NOT_SET');
  expect((await read('/fhir/Task', '                    ')).statusCode).toBe(401);
});
