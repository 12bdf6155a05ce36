import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Auth, BulkSettings, FilesSettings, SearchSettings } from '../pipelines/source/settings.ts';
import type { SignInSettings } from '../console/api/sign-in/provider.ts';
import usualCalendar from '../fhir-profiles/own/business-calendar.json' with { type: 'json' };
import type { BusinessCalendar } from '../terms/business-calendar.ts';
import { AssayError } from '../terms/errors.ts';
import type { Purpose } from '../terms/purpose.ts';
import { firstProblem } from './config-problems.ts';
import { kafkaConfig, temporalConfig, type TemporalConfig } from './config-services.ts';
import type { KafkaSettings } from '../pipelines/feed/kafka.ts';

type AnySource = {
  readonly name: string;
  /** Cron, or "@every 6h". */
  readonly schedule?: string;
  /** Identifier systems of which one person has one value only. */
  /** When the people work who decide about its records; absent: as the file says for all. */
  readonly calendar?: BusinessCalendar;
};

/** What the file says of a source: our part, and the stage's settings beside it. */
export type SourceConfig = AnySource & (
  | { readonly kind: 'bulk' } & BulkSettings
  | { readonly kind: 'search' } & SearchSettings
  | { readonly kind: 'files' } & FilesSettings
);

export type FeedConfig = { readonly name: string; readonly purpose: Purpose; readonly types?: readonly string[]; readonly sources?: readonly string[] };

/** assay.config.json as config.schema.json has it. */
export type ConfigFile = {
  readonly sources?: readonly SourceConfig[];
  readonly feeds?: readonly FeedConfig[];
  readonly api?: { readonly host?: string; readonly port?: number; readonly hosts?: readonly string[] };
  /** When the people work who decide. */
  readonly calendar?: BusinessCalendar;
  /** The registry of AI models, a file. */
  readonly modelRegistry?: string;
  readonly ledger?: LedgerConfig;
  /** Profile packages: a .tgz, a folder, or NAME@VERSION. */
  readonly packages?: readonly string[];
  readonly terminologyServer?: { readonly url: string; readonly timeoutSeconds?: number };
};

export type LedgerConfig = {
  /** The log's name, for its first checkpoint: a schema-less address. */
  readonly origin?: string;
  /** The Ed25519 key that signs checkpoints; made where it is absent. */
  readonly keyFile?: string;
  /** Where checkpoints are remembered outside the database. */
  readonly anchorFile?: string;
  readonly witnesses?: readonly { readonly url: string; readonly key: string }[];
  /** A topic at KAFKA_BROKERS that remembers checkpoints as well. */
  readonly kafkaTopic?: string;
};

export type Config = {
  /** The file it came from; undefined when there is none. */
  readonly file: string | undefined;
  readonly sources: readonly SourceConfig[];
  readonly feeds: readonly FeedConfig[];
  readonly packages: readonly string[];
  /** Asked about codes that no package knows; undefined: these are said not to have been checked. */
  readonly terminologyServer: { readonly url: string; readonly timeoutMs: number } | undefined;
  readonly api: {
    readonly host: string; readonly port: number; readonly hosts: readonly string[];
    /** The address that people use, where a proxy is before the API; without its last slash. */
    readonly publicUrl: string | undefined;
  };
  readonly calendar: BusinessCalendar;
  readonly ledger: { readonly origin: string | undefined; readonly keyFile: string; readonly anchorFile: string; readonly witnesses: readonly { readonly url: string; readonly key: string }[]; readonly kafkaTopic: string | undefined };
  /** Absolute; undefined: rules that need the registry are unevaluated. */
  readonly modelRegistry: string | undefined;
  /** Absolute: the data folder. */
  readonly home: string;
  readonly databaseUrl: string | undefined;
  readonly temporal: TemporalConfig;
  readonly kafka: KafkaSettings | undefined;
  /** Where a worker serves /metrics and /healthz; 0 for any free one. */
  readonly metricsPort: number;
  /** Where people sign in; undefined: everything can be read on this machine, nothing decided. */
  readonly signIn: SignInSettings | undefined;
};

export type ConfigInput = { readonly file?: string | undefined; readonly env: NodeJS.ProcessEnv; readonly cwd: string };

const DEFAULT_FILE = 'assay.config.json';
const DEFAULT_PORT = 8484;

/** @throws AssayError ASSAY_CONFIG_ABSENT, ASSAY_CONFIG_INVALID with where and what as its detail */
export function loadConfig({ file, env, cwd }: ConfigInput): Config {
  const named = file ?? env['ASSAY_CONFIG'];
  const path = resolve(cwd, named ?? DEFAULT_FILE);
  const found = existsSync(path);
  if (named !== undefined && !found) throw new AssayError('ASSAY_CONFIG_ABSENT');
  const written = found ? parse(readFileSync(path, 'utf8')) : {};
  const problem = firstProblem(written, env);
  if (problem !== undefined) throw new AssayError('ASSAY_CONFIG_INVALID', `${problem.where}: ${problem.what}`);
  const config = written as ConfigFile;
  const [issuer, publicUrl] = [env['OIDC_ISSUER'], env['ASSAY_PUBLIC_URL']?.replace(/\/+$/, '')];
  if (config.ledger?.kafkaTopic !== undefined && env['KAFKA_BROKERS'] === undefined) throw new AssayError('ASSAY_CONFIG_INVALID', 'ledger.kafkaTopic: KAFKA_BROKERS is missing');
  const home = resolve(cwd, env['ASSAY_HOME'] ?? '.assay');
  return {
    file: found ? path : undefined,
    sources: (config.sources ?? []).map((source) => besideFile(source, dirname(path))),
    feeds: config.feeds ?? [],
    packages: config.packages ?? [],
    calendar: config.calendar ?? usualCalendar,
    terminologyServer: config.terminologyServer && { url: config.terminologyServer.url, timeoutMs: (config.terminologyServer.timeoutSeconds ?? 10) * 1000 },
    api: {
      host: env['ASSAY_API_HOST'] ?? config.api?.host ?? '127.0.0.1',
      port: env['ASSAY_API_PORT'] === undefined ? config.api?.port ?? DEFAULT_PORT : Number(env['ASSAY_API_PORT']),
      hosts: [...config.api?.hosts ?? [], ...publicUrl === undefined ? [] : [new URL(publicUrl).hostname]],
      publicUrl,
    },
    modelRegistry: env['ASSAY_MODEL_REGISTRY'] ?? (config.modelRegistry === undefined ? undefined : resolve(dirname(path), config.modelRegistry)),
    home,
    ledger: {
      origin: config.ledger?.origin,
      keyFile: env['ASSAY_LEDGER_KEY'] ?? resolve(dirname(path), config.ledger?.keyFile ?? join(home, 'ledger', 'key.pem')),
      anchorFile: env['ASSAY_LEDGER_ANCHOR'] ?? resolve(dirname(path), config.ledger?.anchorFile ?? join(home, 'anchors', 'checkpoints.jsonl')),
      witnesses: config.ledger?.witnesses ?? [],
      kafkaTopic: config.ledger?.kafkaTopic,
    },
    databaseUrl: env['DATABASE_URL'],
    temporal: temporalConfig({ env, cwd }),
    kafka: kafkaConfig({ env, cwd }),
    metricsPort: Number(env['ASSAY_METRICS_PORT'] ?? 0),
    signIn: issuer === undefined ? undefined : {
      issuer, clientId: env['OIDC_CLIENT_ID'] ?? 'fhir-assay', clientSecret: env['OIDC_CLIENT_SECRET'], rolesClaim: env['OIDC_ROLES_CLAIM'],
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8's message quotes the text; only its place is passed on.
    const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
    throw new AssayError('ASSAY_CONFIG_INVALID', place === null ? 'not JSON' : `not JSON at line ${place[1]}, column ${place[2]}`);
  }
}

/** Paths in the file are relative to it. */
function besideFile(source: SourceConfig, folder: string): SourceConfig {
  const absolute = (path: string): string => isAbsolute(path) ? path : resolve(folder, path);
  const auth = withAbsoluteKey(source.auth, absolute);
  const moved = auth === undefined ? source : { ...source, auth };
  return moved.kind === 'files' ? { ...moved, folder: absolute(moved.folder) } : moved;
}

function withAbsoluteKey(auth: Auth | undefined, absolute: (path: string) => string): Auth | undefined {
  if (auth === undefined || !('privateKeyFile' in auth) || auth.privateKeyFile === undefined) return auth;
  return { ...auth, privateKeyFile: absolute(auth.privateKeyFile) };
}
