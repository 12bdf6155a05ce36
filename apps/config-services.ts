import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KafkaSettings } from '../pipelines/feed/kafka.ts';
import { AssayError } from '../terms/errors.ts';

// How Temporal and Kafka are reached and proved to, from the environment. Temporal's names are its own:
// https://docs.temporal.io/develop/environment-configuration

export type TemporalTls = {
  readonly serverNameOverride?: string;
  readonly serverRootCACertificate?: Buffer;
  readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
};
export type TemporalConfig = {
  readonly address: string | undefined; readonly namespace: string;
  readonly payloadKey: Buffer | undefined;
  /** undefined: plain text. */
  readonly tls: TemporalTls | undefined;
  readonly apiKey: string | undefined;
};

type Where = { readonly env: NodeJS.ProcessEnv; readonly cwd: string };

/** TLS is on where it is asked for, where a file of it is named, and where there is an API key, which must not go in plain text. */
export function temporalConfig({ env, cwd }: Where): TemporalConfig {
  const file = files(env, cwd);
  const [ca, crt, key] = [file('TEMPORAL_TLS_SERVER_CA_CERT_PATH'), file('TEMPORAL_TLS_CLIENT_CERT_PATH'), file('TEMPORAL_TLS_CLIENT_KEY_PATH')];
  both(env, 'TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH');
  const [serverName, apiKey] = [env['TEMPORAL_TLS_SERVER_NAME'], env['TEMPORAL_API_KEY']];
  const wanted = env['TEMPORAL_TLS'] === undefined ? [ca, crt, key, serverName, apiKey].some((one) => one !== undefined) : env['TEMPORAL_TLS'] === 'true';
  if (apiKey !== undefined && !wanted) throw new AssayError('ASSAY_CONFIG_INVALID', 'TEMPORAL_TLS: must be true where there is a TEMPORAL_API_KEY');
  return {
    address: env['TEMPORAL_ADDRESS'], namespace: env['TEMPORAL_NAMESPACE'] ?? 'default', apiKey,
    payloadKey: env['ASSAY_PAYLOAD_KEY'] === undefined ? undefined : Buffer.from(env['ASSAY_PAYLOAD_KEY'], 'base64'),
    tls: !wanted ? undefined : {
      ...(serverName === undefined ? {} : { serverNameOverride: serverName }),
      ...(ca === undefined ? {} : { serverRootCACertificate: ca }),
      ...(crt === undefined || key === undefined ? {} : { clientCertPair: { crt, key } }),
    },
  };
}

/** @returns undefined without KAFKA_BROKERS */
export function kafkaConfig({ env, cwd }: Where): KafkaSettings | undefined {
  const brokers = env['KAFKA_BROKERS'];
  if (brokers === undefined) return undefined;
  const file = files(env, cwd);
  const text = (name: string): string | undefined => file(name)?.toString('utf8');
  const [ca, cert, key] = [text('KAFKA_SSL_CA'), text('KAFKA_SSL_CERT'), text('KAFKA_SSL_KEY')];
  both(env, 'KAFKA_SSL_CERT', 'KAFKA_SSL_KEY');
  both(env, 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD');
  const [mechanism, username, password] = [env['KAFKA_SASL_MECHANISM'] ?? 'scram-sha-512', env['KAFKA_SASL_USERNAME'], env['KAFKA_SASL_PASSWORD']];
  const ssl = env['KAFKA_SSL'] === 'yes' || [ca, cert].some((one) => one !== undefined);
  const [partitions, replicationFactor] = [env['KAFKA_PARTITIONS'], env['KAFKA_REPLICATION_FACTOR']];
  return {
    brokers, ...(env['KAFKA_PREFIX'] === undefined ? {} : { prefix: env['KAFKA_PREFIX'] }),
    ...(partitions === undefined ? {} : { partitions: Number(partitions) }),
    ...(replicationFactor === undefined ? {} : { replicationFactor: Number(replicationFactor) }),
    ...(!ssl ? {} : { ssl: { ...(ca === undefined ? {} : { ca }), ...(cert === undefined || key === undefined ? {} : { cert, key }) } }),
    ...(username === undefined || password === undefined ? {} : { sasl: { mechanism: mechanism as SaslMechanism, username, password } }),
  };
}
type SaslMechanism = NonNullable<KafkaSettings['sasl']>['mechanism'];

/** The bytes of the file that a variable names. */
const files = (env: NodeJS.ProcessEnv, cwd: string) => (name: string): Buffer | undefined => {
  const path = env[name];
  if (path === undefined) return undefined;
  try {
    return readFileSync(resolve(cwd, path));
  } catch {
    throw new AssayError('ASSAY_CONFIG_INVALID', `${name}: the file cannot be read`);
  }
};

function both(env: NodeJS.ProcessEnv, one: string, other: string): void {
  for (const [there, absent] of [[one, other], [other, one]] as const) {
    if (env[there] !== undefined && env[absent] === undefined) throw new AssayError('ASSAY_CONFIG_INVALID', `${absent}: is missing, and ${there} is set`);
  }
}
