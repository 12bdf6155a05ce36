import { expect, test } from 'vitest';
import { testTemporal } from '../support/temporal.ts';

const temporal = await testTemporal();

test('a test file gets a namespace in which a workflow can be started at once', async () => {
  const handle = await temporal.client.workflow.start('not-run-by-anyone', { workflowId: 'one', taskQueue: 'q' });
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await handle.terminate('the test is over');
  expect((await handle.describe()).status.name).toBe('TERMINATED');
});
