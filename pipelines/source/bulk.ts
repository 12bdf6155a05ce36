import { AssayError } from '../../terms/errors.ts';
import type { Manifest } from '../../storage/export-job.ts';
import { discard } from './body.ts';
import type { Connection } from './connection.ts';
import { readManifest } from './manifest.ts';
import { issueCodes, refusal, waitMs } from './refusal.ts';
import type { BulkSettings } from './settings.ts';
import { SourceWait } from './source-wait.ts';

// FHIR Bulk Data Access 2.0: https://hl7.org/fhir/uv/bulkdata/STU2/export.html

export type ExportAsk = { readonly since?: string; readonly types?: readonly string[]; readonly group?: string };

/** So long a kick-off waits, all in all, for a server that names a time to ask again. */
const KICKOFF_PATIENCE_MS = 30 * 60_000;
/** Where the server names no time, polls come slower the longer the export takes. */
const [SHORTEST_POLL_MS, LONGEST_POLL_MS] = [1_000, 60_000];
/** An export is believed to have failed when its server says so this often in a row: a bare 500 may be anything. */
const FAILURES_BELIEVED = 4;
const EXPORT_FAILED = { gone: 'ASSAY_SOURCE_EXPORT_GONE', refused: 'ASSAY_SOURCE_EXPORT_FAILED' } as const;

export type ExportRequest = { readonly url: string; /** A Parameters resource, where it is POSTed. */ readonly body?: string };

/** @throws AssayError ASSAY_SOURCE_SETTINGS_INVALID */
export function exportRequest(base: string, settings: BulkSettings, ask: ExportAsk): ExportRequest {
  const group = ask.group ?? settings.group;
  const level = ask.group !== undefined ? 'group' : settings.level ?? (group !== undefined ? 'group' : settings.patients === undefined ? 'system' : 'patient');
  if (level === 'group' && group === undefined) throw new AssayError('ASSAY_SOURCE_SETTINGS_INVALID', 'group is missing');
  if (level === 'system' && settings.patients !== undefined) throw new AssayError('ASSAY_SOURCE_SETTINGS_INVALID', 'patients are for the levels patient and group');
  const path = level === 'system' ? '' : level === 'patient' ? '/Patient' : `/Group/${encodeURIComponent(group ?? '')}`;
  const url = new URL(`${base}${path}/$export`);
  const parameters = parametersOf(settings, ask);
  if (settings.kickOffBy !== 'post' && settings.patients === undefined) {
    for (const { name, valueInstant, valueString } of parameters) url.searchParams.append(name, valueInstant ?? valueString ?? '');
    return { url: url.href };
  }
  return { url: url.href, body: JSON.stringify({ resourceType: 'Parameters', parameter: parameters }) };
}

type Parameter = { readonly name: string; readonly valueInstant?: string; readonly valueString?: string; readonly valueReference?: { readonly reference: string } };

/** https://hl7.org/fhir/uv/bulkdata/STU2/export.html#query-parameters */
function parametersOf({ typeFilter = [], elements = [], patients = [] }: BulkSettings, { since, types = [] }: ExportAsk): Parameter[] {
  return [
    ...(since === undefined ? [] : [{ name: '_since', valueInstant: since }]),
    // One parameter with a list: Cerner refuses a repeated _type.
    ...(types.length === 0 ? [] : [{ name: '_type', valueString: types.join(',') }]),
    ...typeFilter.map((filter) => ({ name: '_typeFilter', valueString: filter })),
    ...(elements.length === 0 ? [] : [{ name: '_elements', valueString: elements.join(',') }]),
    ...patients.map((id) => ({ name: 'patient', valueReference: { reference: `Patient/${id}` } })),
  ];
}

/**
 * Asks for the export.
 * @param since when we first meant to: a server that throttles is waited for, but not for ever
 * @param before what to tell about an earlier kick-off whose answer was lost
 * @returns the status URL
 */
export async function kickOff({ ask, http }: Connection, { url, body }: ExportRequest, since: Date, before: string | undefined): Promise<string> {
  const headers = { prefer: 'respond-async' };
  const answer = await ask(url, body === undefined ? { headers } : { method: 'POST', body, headers: { ...headers, 'content-type': 'application/fhir+json' } });
  const { status } = answer;
  if (status === 202) {
    discard(answer.body);
    const location = answer.header('content-location') ?? answer.header('location');
    if (location !== undefined && URL.canParse(location, url)) return new URL(location, url).href;
    throw new AssayError('ASSAY_SOURCE_KICKOFF_REFUSED', 'HTTP 202 without Content-Location');
  }
  if (status === 409 || status === 429) {
    const wait = answer.header('retry-after') === undefined ? undefined : waitMs(http, answer, 0);
    const detail = [`HTTP ${status}`, ...await issueCodes(answer), ...(before === undefined ? [] : [before])];
    // Each time as long as all the times before, so that a server that says "in a second" for minutes is not asked each second.
    const waited = http.now().getTime() - since.getTime();
    if (wait !== undefined && waited + wait <= KICKOFF_PATIENCE_MS) throw new SourceWait(Math.max(wait, waited), detail.join(', '));
    const asked = wait === undefined ? [] : [`it says to ask again in ${Math.ceil(wait / 1000)} s`];
    throw new AssayError('ASSAY_SOURCE_EXPORT_BUSY', [...detail, ...asked].join(', '));
  }
  throw await refusal(http, answer, { gone: 'ASSAY_SOURCE_KICKOFF_REFUSED', refused: 'ASSAY_SOURCE_KICKOFF_REFUSED' });
}

export type Poll = { readonly waitMs: number; readonly progress: string | undefined } | { readonly manifest: Manifest };

/** Asks how the export is doing. @param elapsedMs since the kick-off */
export async function poll(connection: Connection, statusUrl: string, elapsedMs: number): Promise<Poll> {
  const { http } = connection;
  const otherwise = Math.min(Math.max(elapsedMs / 4, SHORTEST_POLL_MS), LONGEST_POLL_MS);
  for (let failures = 1; ; failures++) {
    const answer = await connection.ask(statusUrl, { accept: 'application/json' });
    const { status } = answer;
    if (status === 202 || status === 429 || (status >= 502 && status <= 504)) {
      discard(answer.body);
      return { waitMs: waitMs(http, answer, otherwise), progress: answer.header('x-progress')?.slice(0, 100) };
    }
    if (status === 200) return { manifest: await readManifest(connection, statusUrl, answer) };
    if (status < 500) throw await refusal(http, answer, EXPORT_FAILED);
    const codes = await issueCodes(answer);
    if (codes.includes('transient') || codes.includes('throttled')) return { waitMs: waitMs(http, answer, otherwise), progress: undefined };
    if (failures === FAILURES_BELIEVED || codes.length === 0) {
      throw new AssayError(codes.length > 0 ? 'ASSAY_SOURCE_EXPORT_FAILED' : 'ASSAY_SOURCE_SERVER_ERROR', [`HTTP ${status}`, ...codes].join(', '));
    }
    await http.sleep(SHORTEST_POLL_MS * failures);
  }
}

/** Tells the server that the export can go; Epic begins no other before. @returns whether it is gone */
export async function releaseJob({ ask }: Connection, statusUrl: string): Promise<boolean> {
  const answer = await ask(statusUrl, { method: 'DELETE' });
  discard(answer.body);
  return answer.status < 300 || answer.status === 404 || answer.status === 410;
}
