import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { requireForFile } from '../support/require.ts';

if (requireForFile('java', 'maven')) {
  test('a broker comes back on its port after kill -9', async () => {
    const broker = await startKafkaBroker();
    try {
      await broker.kill();
      expect(await reachable(broker.brokers)).toBe(false);
      await broker.start();
      expect(await reachable(broker.brokers)).toBe(true);
    } finally {
      await broker.stop();
    }
  });
}

function reachable(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host: host ?? '', port: Number(port) });
    socket.once('connect', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false));
  });
}
