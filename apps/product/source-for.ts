import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Auth } from '../../pipelines/source/settings.ts';
import type { Database } from '../../storage/connect.ts';
import { sources, type SourceRow } from '../../storage/source.ts';
import { AssayError } from '../../terms/errors.ts';
import { knowSource } from './know-source.ts';
import { whoTypes } from './record-asking.ts';

export type SourceOptions = {
  /** A name, or `files:FOLDER`, `bulk:URL`, `search:URL`. */
  readonly source: string;
  readonly clientId?: string; readonly privateKey?: string; readonly tokenEnv?: string; readonly group?: string;
};

/** A known source, or one made of `kind:place`; its name is the same each time, so that a second run goes on from the first. */
export async function sourceFor(db: Database, options: SourceOptions): Promise<{ id: number; name: string }> {
  const made = adHoc(options);
  if (made !== undefined) return { id: await knowSource(db, made, whoTypes()), name: made.name };
  const known = (await sources(db)).find((one) => one.name === options.source);
  if (known === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
  return known;
}

/** The source that the options describe; undefined where they name one. @throws AssayError ASSAY_ARGUMENT_INVALID */
export function adHoc(options: SourceOptions): Omit<SourceRow, 'id'> | undefined {
  const { group } = options;
  const [, kind, place] = /^(files|bulk|search):(.+)$/.exec(options.source) ?? [];
  const auth = authOf(options);
  if (place === undefined || (kind !== 'files' && kind !== 'bulk' && kind !== 'search')) {
    if (auth !== undefined) throw wrong('--client-id, --private-key and --token-env are for files:, bulk: and search:; a named source has them in assay.config.json');
    return undefined;
  }
  if (kind !== 'files' && !/^https?:\/\//.test(place)) throw wrong(`${kind}: takes the EHR’s FHIR base, an http or https address`);
  if (kind !== 'bulk' && group !== undefined) throw wrong('--group is for bulk:');
  const where = kind === 'files' ? { folder: resolve(place) } : { url: place, ...(group === undefined ? {} : { level: 'group', group }) };
  const name = `${kind}-${createHash('sha256').update(JSON.stringify(where)).digest('hex').slice(0, 8)}`;
  return { name, kind, settings: { ...where, ...(auth === undefined ? {} : { auth }) } };
}

function authOf({ clientId, privateKey, tokenEnv }: SourceOptions): Auth | undefined {
  if (tokenEnv !== undefined && (clientId !== undefined || privateKey !== undefined)) throw wrong('--token-env goes without --client-id and --private-key');
  if ((clientId === undefined) !== (privateKey === undefined)) throw wrong('--client-id and --private-key go together');
  if (tokenEnv !== undefined) return { tokenEnv };
  return clientId === undefined || privateKey === undefined ? undefined : { clientId, privateKeyFile: resolve(privateKey) };
}

const wrong = (detail: string): AssayError => new AssayError('ASSAY_ARGUMENT_INVALID', detail);
