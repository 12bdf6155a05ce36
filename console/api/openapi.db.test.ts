import { afterAll, expect, test } from 'vitest';
import { consoleApi } from '../../test/support/console-api.ts';
import { testDatabase } from '../../test/support/database.ts';

const { db } = await testDatabase();
const api = await consoleApi(db);
afterAll(() => api.close());

/** After a wanted change: `npx vitest run console/api/openapi.db.test.ts -u`. */
test('openapi.json is what the API says of itself', async () => {
  const described = (await api.inject('/openapi.json')).json<object>();
  await expect(`${JSON.stringify(described, null, 2)}\n`).toMatchFileSnapshot('./openapi.json');
});
