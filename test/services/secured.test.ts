import { connect } from 'node:net';
import { createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../apps/config.ts';
import { freePort } from '../../apps/services/free-port.ts';
import { temporalClient, workerConnection } from '../../apps/temporal/connect.ts';
import { openKafka } from '../../pipelines/feed/kafka.ts';
import { certificates } from '../support/certificates.ts';
import { startKafkaBroker } from '../support/kafka-broker.ts';
import { requireForFile } from '../support/require.ts';
import { makeScratch } from '../support/scratch.ts';
import { testTemporal } from '../support/temporal.ts';

// Temporal by mutual TLS, Kafka by TLS and a password: settings from the environment against servers that insist.

if (requireForFile('java', 'maven')) {
  const scratch = await makeScratch('secured');
  const { ca, signed, stranger } = await certificates(scratch.path);
  const [server, us, others] = await Promise.all([signed('server'), signed('us'), stranger()]);
  const plain = await testTemporal();
  const [host = '', port = ''] = plain.address.split(':');
  const guard = createServer({ key: server.key, cert: server.cert, ca: ca.cert, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] }, (socket) => {
    const behind = connect(Number(port), host);
    socket.pipe(behind).pipe(socket);
    for (const end of [socket, behind]) end.on('error', () => { socket.destroy(); behind.destroy(); });
  });
  guard.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => guard.listen(0, '127.0.0.1', resolve));
  const securePort = await freePort();
  const broker = await startKafkaBroker({
    listeners: `,SASL_SSL://127.0.0.1:${securePort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL',
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': 'org.apache.kafka.common.security.plain.PlainLoginModule required user_us="secret";',
    'listener.name.sasl_ssl.ssl.keystore.type': 'PEM',
    'listener.name.sasl_ssl.ssl.keystore.key': oneLine(server.key),
    'listener.name.sasl_ssl.ssl.keystore.certificate.chain': oneLine(server.cert),
  });
  afterAll(async () => { guard.close(); await broker.stop(); await scratch.remove(); });

  const temporalWith = (more: NodeJS.ProcessEnv) => loadConfig({ cwd: scratch.path, env: {
    TEMPORAL_ADDRESS: `127.0.0.1:${(guard.address() as AddressInfo).port}`, TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca.certFile, ...more } }).temporal;
  const reach = async (more: NodeJS.ProcessEnv) => {
    const settings = { ...temporalWith(more), address: temporalWith(more).address ?? '' };
    const client = await temporalClient(settings);
    await client.connection.close();
    await (await workerConnection(settings)).close();
    return 'reached';
  };

  test('Temporal by mutual TLS: client and worker are let in by their certificate', async () => {
    expect(await reach({ TEMPORAL_TLS_CLIENT_CERT_PATH: us.certFile, TEMPORAL_TLS_CLIENT_KEY_PATH: us.keyFile })).toBe('reached');
  }, 30_000);

  test.each<[string, NodeJS.ProcessEnv]>([
    ['no certificate', {}],
    ['one that its authority did not sign', { TEMPORAL_TLS_CLIENT_CERT_PATH: others.certFile, TEMPORAL_TLS_CLIENT_KEY_PATH: others.keyFile }],
    ['an authority that did not sign the server', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: others.certFile, TEMPORAL_TLS_CLIENT_CERT_PATH: us.certFile, TEMPORAL_TLS_CLIENT_KEY_PATH: us.keyFile }],
    ['plain text', { TEMPORAL_TLS: 'false' }],
  ])('Temporal by mutual TLS: not with %s', async (_what, more) => {
    await expect(reach(more)).rejects.toMatchObject({ code: 'ASSAY_TEMPORAL_UNREACHABLE' });
  }, 30_000);

  const kafkaWith = (more: NodeJS.ProcessEnv) => {
    const { kafka } = loadConfig({ cwd: scratch.path, env: {
      KAFKA_BROKERS: `127.0.0.1:${securePort}`, KAFKA_SSL_CA: ca.certFile, KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'us', KAFKA_SASL_PASSWORD: 'secret', ...more } });
    if (kafka === undefined) throw new Error('no Kafka');
    return kafka;
  };

  test('Kafka by TLS and SASL: the publisher opens its session', async () => {
    const session = await openKafka(kafkaWith({}));
    expect(session.progress).toEqual({});
    await session.close();
  }, 60_000);

  test.each<[string, NodeJS.ProcessEnv]>([['a wrong password', { KAFKA_SASL_PASSWORD: 'wrong' }], ['an authority that did not sign the broker', { KAFKA_SSL_CA: others.certFile }]])(
    'Kafka by TLS and SASL: not with %s', async (_what, more) => {
      await expect(openKafka(kafkaWith(more))).rejects.toThrow();
    }, 60_000);

  /** A PEM in a properties file: its lines end by an escaped newline. */
  function oneLine(pem: string): string {
    return pem.trim().replaceAll('\n', '\\n');
  }
}
