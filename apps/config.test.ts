import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AssayError } from '../terms/errors.ts';
import { loadConfig } from './config.ts';
import type { ConfigFile } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const full = {
  sources: [
    { name: 'epic', kind: 'bulk', url: 'https://ehr.example/fhir', level: 'group', group: 'g1', types: ['Patient'], schedule: '0 3 * * *',
      auth: { clientId: 'us', privateKeyFile: 'key.pem' } },
    { name: 'old', kind: 'search', url: 'http://old.example', auth: { tokenEnv: 'OLD_TOKEN' }, pageSize: 50, queries: { Observation: ['category=laboratory'] } },
    { name: 'drop', kind: 'files', folder: 'drop', hydrate: [] },
  ],
  feeds: [{ name: 'train', purpose: 'training', types: ['Condition'], sources: ['epic'] }],
  api: { port: 0, hosts: ['ehr.example'] },
  packages: ['us-core.tgz'],
} as const satisfies ConfigFile;

function load(written: unknown, env: NodeJS.ProcessEnv = {}) {
  const file = join(folder, 'assay.config.json');
  writeFileSync(file, typeof written === 'string' ? written : JSON.stringify(written));
  return loadConfig({ env, cwd: folder });
}

function problem(written: unknown, env: NodeJS.ProcessEnv = {}): string | undefined {
  try {
    load(written, env);
    return undefined;
  } catch (error) {
    if (error instanceof AssayError && error.code === 'ASSAY_CONFIG_INVALID') return error.detail;
    throw error;
  }
}

test('everything that the types allow is allowed by the schema; paths are relative to the file', () => {
  const config = load(full, { DATABASE_URL: 'postgres://u@h/d', KAFKA_BROKERS: 'a:1,b:2', ASSAY_PAYLOAD_KEY: Buffer.alloc(32).toString('base64'), OIDC_ISSUER: 'https://id.example' });
  expect(config.sources[0]).toMatchObject({ auth: { privateKeyFile: join(folder, 'key.pem') } });
  expect(config.sources[2]).toMatchObject({ folder: join(folder, 'drop') });
  expect(config.api).toEqual({ host: '127.0.0.1', port: 0, hosts: ['ehr.example'], publicUrl: undefined });
  expect(config.signIn).toMatchObject({ issuer: 'https://id.example', clientId: 'fhir-assay' });
  expect(config.kafka).toEqual({ brokers: 'a:1,b:2' });
  expect(config.temporal.payloadKey).toEqual(Buffer.alloc(32));
  expect(config.home).toBe(join(folder, '.assay'));
});

test('how Temporal and Kafka are reached and proved to comes from the environment', () => {
  for (const name of ['ca.pem', 'cert.pem', 'key-of-cert.pem']) writeFileSync(join(folder, name), name);
  const config = load({}, {
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: 'ca.pem', TEMPORAL_TLS_CLIENT_CERT_PATH: 'cert.pem', TEMPORAL_TLS_CLIENT_KEY_PATH: 'key-of-cert.pem', TEMPORAL_TLS_SERVER_NAME: 'temporal.example',
    KAFKA_BROKERS: 'a:1', KAFKA_SSL_CA: 'ca.pem', KAFKA_SASL_USERNAME: 'us', KAFKA_SASL_PASSWORD: 'secret', KAFKA_PREFIX: 'assay-', KAFKA_REPLICATION_FACTOR: '3',
  });
  const [ca, crt, key] = ['ca.pem', 'cert.pem', 'key-of-cert.pem'].map((text) => Buffer.from(text));
  expect(config.temporal.tls).toEqual({ serverRootCACertificate: ca, clientCertPair: { crt, key }, serverNameOverride: 'temporal.example' });
  expect(config.kafka).toEqual({ brokers: 'a:1', prefix: 'assay-', replicationFactor: 3, ssl: { ca: 'ca.pem' }, sasl: { mechanism: 'scram-sha-512', username: 'us', password: 'secret' } });
  expect(load({}, { TEMPORAL_API_KEY: 'k' }).temporal).toMatchObject({ apiKey: 'k', tls: {} });
  expect(load({}, { KAFKA_BROKERS: 'a:1', KAFKA_SSL: 'yes' }).kafka).toEqual({ brokers: 'a:1', ssl: {} });
  expect(load({}).temporal.tls).toBeUndefined();
});

test('without a file the defaults hold; a file that was named must be there', () => {
  const elsewhere = mkdtempSync(join(folder, 'empty-'));
  expect(loadConfig({ env: {}, cwd: elsewhere })).toMatchObject({ file: undefined, sources: [], api: { port: 8484 } });
  expect(() => loadConfig({ env: {}, cwd: elsewhere, file: 'none.json' })).toThrow(expect.objectContaining({ code: 'ASSAY_CONFIG_ABSENT' }));
});

const bulk = full.sources[0];
test.for<[string, unknown, string, NodeJS.ProcessEnv?]>([
  ['no JSON', '{ "sources": [', 'not JSON'],
  ['unknown property', { sorces: [] }, 'the top level: has a property that is not known: sorces'],
  ['unknown kind', { sources: [{ ...bulk, kind: 'ftp' }] }, 'sources[0].kind: must be bulk, search or files'],
  ['no kind', { sources: [{ name: 'a' }] }, "sources[0]: must have required property 'kind'"],
  ['a setting of another kind', { sources: [{ ...bulk, pageSize: 4 }] }, 'sources[0]: has a property that is not known: pageSize'],
  ['bad url', { sources: [{ ...bulk, url: 'ehr' }] }, 'sources[0].url: is not in the expected form: A FHIR base.'],
  ['client without key', { sources: [{ ...bulk, auth: { clientId: 'x' } }] }, "sources[0].auth: must have required property 'privateKeyFile'"],
  ['token and client', { sources: [{ ...bulk, auth: { tokenEnv: 'T', clientId: 'x' } }] }, 'sources[0].auth: has a property that does not go with the others: clientId'],
  ['bad schedule', { sources: [{ ...bulk, schedule: 'nightly' }] }, 'sources[0].schedule: is not in the expected form: A cron'],
  ['group level without group', { sources: [{ name: 'a', kind: 'bulk', url: 'http://x', level: 'group' }] }, 'sources[0].group: is missing'],
  ['a time zone that nobody has', { sources: [{ ...bulk, calendar: { zone: 'Mars/Olympus', days: [1], from: '08:00', to: '16:00' } }] }, 'sources[0].calendar.zone: is no time zone that is known here'],
  ['a day that ends before it begins', { calendar: { zone: 'UTC', days: [1], from: '22:00', to: '06:00' } }, 'calendar.to: must be later than from'],
  ['an address for requests without a secret', { sources: [{ ...bulk, requests: { url: 'https://ehr.example/tasks' } }] }, 'sources[0].requests'],
  ['a name twice', { sources: [bulk, bulk] }, 'sources[1].name: is the name of an earlier one'],
  ['unknown purpose', { feeds: [{ name: 'f', purpose: 'fun' }] }, 'feeds[0].purpose: must be one of care, quality, payment, research, training'],
  ['a feed of an unknown source', { feeds: [{ name: 'f', purpose: 'care', sources: ['x'] }] }, 'feeds[0].sources[0]: is not the name of a source'],
  ['bad database address', {}, 'DATABASE_URL: is not in the expected form: PostgreSQL', { DATABASE_URL: 'mysql://secret@x' }],
  ['half a client certificate', {}, 'TEMPORAL_TLS_CLIENT_KEY_PATH: is missing, and TEMPORAL_TLS_CLIENT_CERT_PATH is set', { TEMPORAL_TLS_CLIENT_CERT_PATH: 'assay.config.json' }],
  ['a certificate that is not there', {}, 'KAFKA_SSL_CA: the file cannot be read', { KAFKA_BROKERS: 'a:1', KAFKA_SSL_CA: 'none.pem' }],
  ['an API key in plain text', {}, 'TEMPORAL_TLS: must be true where there is a TEMPORAL_API_KEY', { TEMPORAL_API_KEY: 'canary', TEMPORAL_TLS: 'false' }],
  ['a user without password', {}, 'KAFKA_SASL_PASSWORD: is missing', { KAFKA_BROKERS: 'a:1', KAFKA_SASL_USERNAME: 'us' }],
  ['an unknown mechanism', {}, 'KAFKA_SASL_MECHANISM: must be one of plain', { KAFKA_SASL_MECHANISM: 'gssapi' }],
  ['short key', {}, 'ASSAY_PAYLOAD_KEY: is not in the expected form: 32 bytes', { ASSAY_PAYLOAD_KEY: 'c2hvcnQ=' }],
])('names the first thing wrong: %s', ([, written, expected, env]) => {
  expect(problem(written, env)).toContain(expected);
});

test('a message never quotes a value', () => {
  expect(problem({}, { DATABASE_URL: 'mysql://canary@x' })).not.toContain('canary');
  expect(problem('{ "name": canary }')).not.toContain('canary');
  expect(problem({ sources: [{ ...bulk, url: 'canary' }] })).not.toContain('canary');
});
