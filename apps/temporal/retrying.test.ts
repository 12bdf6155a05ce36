import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { expect, test } from 'vitest';
import { retrying } from './retrying.ts';

test('a connection closed while a try is due leaves the program alone', async () => {
  const thrown: unknown[] = [];
  const catching = (error: unknown): void => { thrown.push(error); };
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', catching);
  try {
    const connection = Connection.lazy({ address: '127.0.0.1:9', interceptors: retrying });
    void connection.workflowService.getSystemInfo({}).catch(() => {});
    await sleep(150); // refused, and to be tried again
    await connection.close();
    await sleep(1_500);
    expect(thrown).toEqual([]);
    await expect(connection.workflowService.getSystemInfo({})).rejects.toThrow();
  } finally {
    process.removeListener('uncaughtException', catching);
    for (const other of others) process.on('uncaughtException', other);
  }
});
