import { AssayError } from '../../terms/errors.ts';
import type { Manifest, ManifestFile } from '../../storage/export-job.ts';
import type { NewFile } from '../../storage/run-files.ts';
import { asJson, discard, isObject, isString, listOf, readBody, type JsonObject } from './body.ts';
import type { Connection } from './connection.ts';
import { codesOf, issueCodes, refusal, waitMs } from './refusal.ts';
import type { BulkSettings } from './settings.ts';

// FHIR Bulk Data Access 2.0: https://hl7.org/fhir/uv/bulkdata/STU2/export.html

export type ExportAsk = { readonly since?: string; readonly types?: readonly string[]; readonly group?: string };

const STATUS_WAIT_MS = 10_000;
const EXPORT_FAILED = { gone: 'ASSAY_SOURCE_EXPORT_GONE', refused: 'ASSAY_SOURCE_EXPORT_FAILED' } as const;

export function exportUrl(base: string, settings: BulkSettings, ask: ExportAsk): string {
  const group = ask.group ?? settings.group;
  const level = ask.group !== undefined ? 'group' : settings.level ?? (group === undefined ? 'system' : 'group');
  if (level === 'group' && group === undefined) throw new AssayError('ASSAY_SOURCE_SETTINGS_INVALID', 'group is missing');
  const path = level === 'system' ? '' : level === 'patient' ? '/Patient' : `/Group/${encodeURIComponent(group ?? '')}`;
  const url = new URL(`${base}${path}/$export`);
  if (ask.since !== undefined) url.searchParams.set('_since', ask.since);
  // One parameter with a list: Cerner refuses a repeated _type.
  if (ask.types !== undefined && ask.types.length > 0) url.searchParams.set('_type', ask.types.join(','));
  for (const filter of settings.typeFilter ?? []) url.searchParams.append('_typeFilter', filter);
  return url.href;
}

/**
 * Asks for the export.
 * @param before what to tell about an earlier kick-off whose answer was lost
 * @returns the status URL
 */
export async function kickOff({ ask, http }: Connection, url: string, before: string | undefined): Promise<string> {
  const answer = await ask(url, { headers: { prefer: 'respond-async' } });
  const { status } = answer;
  if (status === 202) {
    discard(answer.body);
    const location = answer.header('content-location') ?? answer.header('location');
    if (location !== undefined && URL.canParse(location, url)) return new URL(location, url).href;
    throw new AssayError('ASSAY_SOURCE_KICKOFF_REFUSED', 'HTTP 202 without Content-Location');
  }
  if (status === 409 || status === 429) {
    const wait = answer.header('retry-after') === undefined ? [] : [`it says to ask again in ${Math.ceil(waitMs(http, answer, 0) / 1000)} s`];
    throw new AssayError('ASSAY_SOURCE_EXPORT_BUSY', [`HTTP ${status}`, ...await issueCodes(answer), ...wait, ...(before === undefined ? [] : [before])].join(', '));
  }
  throw await refusal(http, answer, { gone: 'ASSAY_SOURCE_KICKOFF_REFUSED', refused: 'ASSAY_SOURCE_KICKOFF_REFUSED' });
}

export type Poll = { readonly waitMs: number; readonly progress: string | undefined } | { readonly manifest: Manifest };

/** Asks once how the export is doing. */
export async function poll({ ask, http }: Connection, statusUrl: string): Promise<Poll> {
  const answer = await ask(statusUrl, { accept: 'application/json' });
  const { status } = answer;
  if (status === 202 || status === 429 || (status >= 502 && status <= 504)) {
    discard(answer.body);
    return { waitMs: waitMs(http, answer, STATUS_WAIT_MS), progress: answer.header('x-progress')?.slice(0, 100) };
  }
  if (status === 200) return readManifest(asJson(await readBody(answer)));
  if (status < 500) throw await refusal(http, answer, EXPORT_FAILED);
  // The export failed where an OperationOutcome says so, unless it calls that transient; a bare 500 may be anything.
  const codes = await issueCodes(answer);
  if (codes.includes('transient') || codes.includes('throttled')) return { waitMs: waitMs(http, answer, STATUS_WAIT_MS), progress: undefined };
  throw new AssayError(codes.length > 0 ? 'ASSAY_SOURCE_EXPORT_FAILED' : 'ASSAY_SOURCE_SERVER_ERROR', [`HTTP ${status}`, ...codes].join(', '));
}

function readManifest(found: JsonObject | undefined): Poll {
  if (found?.['resourceType'] === 'OperationOutcome') throw new AssayError('ASSAY_SOURCE_EXPORT_FAILED', codesOf(found).join(', '));
  if (found === undefined || !Array.isArray(found['output'])) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'no output');
  const { transactionTime, requiresAccessToken } = found;
  if (!isString(transactionTime) || Number.isNaN(Date.parse(transactionTime))) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'no transactionTime');
  return {
    manifest: {
      transactionTime, requiresAccessToken: requiresAccessToken !== false,
      output: filesIn(found['output']), deleted: filesIn(found['deleted']), error: filesIn(found['error']),
    },
  };
}

function filesIn(list: unknown): ManifestFile[] {
  if (list !== undefined && list !== null && !(Array.isArray(list) && list.every(isObject))) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'a list of files is none');
  return listOf(list).map(({ type, url, count }) => {
    if (!isString(url) || !URL.canParse(url)) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'a file without url');
    return { url, ...(isString(type) ? { type } : {}), ...(typeof count === 'number' ? { count } : {}) };
  });
}

/** The manifest's files as rows; a name is the place in the manifest, so that reading it twice gives the same rows. */
export function filesOf(manifest: Manifest): NewFile[] {
  const rows = (kind: 'output' | 'deleted' | 'error', files: readonly ManifestFile[] = []) => files.map(({ type, url }, index): NewFile =>
    ({ name: `${kind}/${String(index + 1).padStart(6, '0')}`, kind, url, type: kind === 'output' ? type ?? null : null }));
  return [...rows('output', manifest.output), ...rows('deleted', manifest.deleted), ...rows('error', manifest.error)];
}

/** Tells the server that the export can go; Epic begins no other before. @returns whether it is gone */
export async function releaseJob({ ask }: Connection, statusUrl: string): Promise<boolean> {
  const answer = await ask(statusUrl, { method: 'DELETE' });
  discard(answer.body);
  return answer.status < 300 || answer.status === 404 || answer.status === 410;
}
