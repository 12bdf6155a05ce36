import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection } from '@temporalio/worker';
import { afterAll } from 'vitest';
import { askService } from './ask-service.ts';

export type TestTemporal = {
  readonly address: string;
  readonly namespace: string;
  readonly client: Client;
  /** What a Worker of the test connects with. */
  readonly workerConnection: NativeConnection;
};

/**
 * A namespace of the file's own on the run's dev server: `const temporal = await testTemporal();` at the top
 * of a test file. Shut your workers down inside the tests; the connections are closed after the file.
 */
export async function testTemporal({ dataConverter }: { dataConverter?: DataConverter } = {}): Promise<TestTemporal> {
  const { address } = await askService('temporal');
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  const workerConnection = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace, ...(dataConverter && { dataConverter }) });
  afterAll(async () => { await workerConnection.close(); await connection.close(); });
  return { address, namespace, client, workerConnection };
}
