import { AssayError } from '../../terms/errors.ts';
import type { SourceKind } from '../../storage/source.ts';

/** How we prove who we are. Secrets are named, never held: in environment variables or files of the worker. */
export type Auth = {
  /** Hosts beside the EHR's own that may see the token, as `files.ehr.example`: where its files or pages are. */
  readonly tokenHosts?: readonly string[];
} & (
  | { readonly tokenEnv: string }
  | {
    readonly clientId: string;
    /** PKCS #8 PEM, a JWK or a JWKS. */
    readonly privateKeyFile?: string; readonly privateKeyEnv?: string;
    /** Key id in the JWKS that the EHR knows; a JWK's own `kid` otherwise. */
    readonly keyId?: string;
    /** Where we publish our JWKS, if it was registered so: the assertion's `jku`. */
    readonly jwksUrl?: string;
    /** Asked from .well-known/smart-configuration where it is absent. */
    readonly tokenUrl?: string; readonly scope?: string;
  }
);

type FromServer = {
  /** FHIR base. */
  readonly url: string;
  readonly auth?: Auth;
  /** Absent: what the server offers of the types in resource-types.ts (search), or all it exports (bulk). */
  readonly types?: readonly string[];
  /** How far before the watermark the next run asks, for what the server wrote late; default 300. */
  readonly overlapSeconds?: number;
};

type FromAny = {
  /** Sources that name the same one show people of one registry: their patients are compared with each other. */
  readonly personSystem?: string;
  /** Where people at the source are told what they are asked for (FHIR Task), and the token with which it may read them. */
  readonly requests?: {
    readonly url?: string;
    /** Signs what is sent: names a variable with a secret of Standard Webhooks (`whsec_…`). */
    readonly secretEnv?: string;
    /** Names a variable; whoever gives its value as a bearer token reads this source's Tasks at /fhir/Task. */
    readonly tokenEnv?: string;
  };
  /** A run without `since` shows all there is: what is missing was deleted (contract 5). */
  readonly fullSnapshot?: boolean;
  /** Share of the known ids that a snapshot may miss; default 0.05. */
  readonly snapshotTolerance?: number;
  /** Types fetched by reference when they are referenced and did not come; default: those linked from records (hydrate.ts) and those that the run brings, [] for none. */
  readonly hydrate?: readonly string[];
  /** Default 256 MiB. */
  readonly maxLineBytes?: number;
};

export type BulkSettings = FromServer & FromAny & {
  readonly level?: 'system' | 'patient' | 'group';
  readonly group?: string;
  readonly typeFilter?: readonly string[];
  /** `_elements`: what the server may leave the rest of a resource out for. */
  readonly elements?: readonly string[];
  /** Ids of the patients to export, at patient or group level: by POST. */
  readonly patients?: readonly string[];
  /** How the export is asked for; default get, and post for a list of patients. */
  readonly kickOffBy?: 'get' | 'post';
  /** Read deletions from the types' history; absent: where the manifest has no `deleted` and the server has histories. */
  readonly deletionsFromHistory?: boolean;
};

export type SearchSettings = FromServer & FromAny & {
  /** `_count`; default 200. */
  readonly pageSize?: number;
  /** Per type one or more query strings, each a search of its own (`category=laboratory`); default one without parameters. */
  readonly queries?: Readonly<Record<string, readonly string[]>>;
};

export type FilesSettings = FromAny & {
  readonly folder: string;
  /** A FHIR base to hydrate from. */
  readonly url?: string;
  readonly auth?: Auth;
};

export type Settings = BulkSettings | SearchSettings | FilesSettings;

export const bulkSettings = (settings: unknown): BulkSettings => withUrl(settings) as BulkSettings;
export const searchSettings = (settings: unknown): SearchSettings => withUrl(settings) as SearchSettings;

export function filesSettings(settings: unknown): FilesSettings {
  const found = asObject(settings);
  if (typeof found['folder'] !== 'string') throw new AssayError('ASSAY_SOURCE_SETTINGS_INVALID', 'folder is missing');
  return found as FilesSettings;
}

export function settingsOf(kind: SourceKind, settings: unknown): Settings {
  return kind === 'bulk' ? bulkSettings(settings) : kind === 'search' ? searchSettings(settings) : filesSettings(settings);
}

/** The FHIR base without its last slash; undefined for files that have none. */
export const fhirBase = (settings: Settings): string | undefined =>
  settings.url === undefined ? undefined : settings.url.replace(/\/+$/, '');

function withUrl(settings: unknown): Record<string, unknown> {
  const found = asObject(settings);
  if (typeof found['url'] !== 'string' || !URL.canParse(found['url'])) throw new AssayError('ASSAY_SOURCE_SETTINGS_INVALID', 'url is missing or no URL');
  return found;
}

function asObject(settings: unknown): Record<string, unknown> {
  if (typeof settings !== 'object' || settings === null) throw new AssayError('ASSAY_SOURCE_SETTINGS_INVALID');
  return settings as Record<string, unknown>;
}
