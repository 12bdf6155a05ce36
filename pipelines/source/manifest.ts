import { AssayError } from '../../terms/errors.ts';
import type { Manifest, ManifestFile } from '../../storage/export-job.ts';
import type { NewFile } from '../../storage/run-files.ts';
import { asJson, isObject, isString, listOf, readBody, type JsonObject } from './body.ts';
import type { Connection } from './connection.ts';
import type { Answer } from './http.ts';
import { codesOf, refusal } from './refusal.ts';

// https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status; 3.0 lets a server page it.

const MOST_PAGES = 10_000;
const REFUSED = { gone: 'ASSAY_SOURCE_EXPORT_GONE', refused: 'ASSAY_SOURCE_EXPORT_FAILED' } as const;

type Page = Manifest & { readonly next: string | undefined };

/** The manifest that begins with this answer, with all its pages. @throws AssayError ASSAY_SOURCE_MANIFEST_INVALID, ASSAY_SOURCE_EXPORT_FAILED */
export async function readManifest({ ask, http }: Connection, statusUrl: string, first: Answer): Promise<Manifest> {
  const { next: second, ...manifest } = pageOf(asJson(await readBody(first)), statusUrl);
  for (let next = second, pages = 1; next !== undefined; pages++) {
    if (pages === MOST_PAGES) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', `more than ${pages} pages`);
    const answer = await ask(next, { accept: 'application/json' });
    if (answer.status !== 200) throw await refusal(http, answer, REFUSED);
    const page = pageOf(asJson(await readBody(answer)), statusUrl);
    for (const kind of ['output', 'deleted', 'error'] as const) if (page[kind] !== undefined) manifest[kind] = [...manifest[kind] ?? [], ...page[kind]];
    next = page.next;
  }
  return manifest;
}

function pageOf(found: JsonObject | undefined, statusUrl: string): Page {
  if (found?.['resourceType'] === 'OperationOutcome') throw new AssayError('ASSAY_SOURCE_EXPORT_FAILED', codesOf(found).join(', '));
  if (found === undefined || !Array.isArray(found['output'])) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'no output');
  const { transactionTime, requiresAccessToken } = found;
  if (!isString(transactionTime) || Number.isNaN(Date.parse(transactionTime))) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'no transactionTime');
  const files = (name: string) => filesIn(found[name], statusUrl);
  const deleted = files('deleted');
  const next = listOf(found['link']).find(({ relation }) => relation === 'next')?.['url'];
  return {
    transactionTime, requiresAccessToken: requiresAccessToken !== false,
    output: files('output') ?? [], ...(deleted === undefined ? {} : { deleted }), error: files('error') ?? [],
    next: isString(next) && URL.canParse(next, statusUrl) ? new URL(next, statusUrl).href : undefined,
  };
}

/** Addresses should be absolute; one that is not is read against the status URL. */
function filesIn(list: unknown, statusUrl: string): ManifestFile[] | undefined {
  if (list === undefined || list === null) return undefined;
  if (!(Array.isArray(list) && list.every(isObject))) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'a list of files is none');
  return listOf(list).map(({ type, url, count }) => {
    if (!isString(url) || !URL.canParse(url, statusUrl)) throw new AssayError('ASSAY_SOURCE_MANIFEST_INVALID', 'a file without url');
    return { url: new URL(url, statusUrl).href, ...(isString(type) ? { type } : {}), ...(typeof count === 'number' ? { count } : {}) };
  });
}

/** The manifest's files as rows; a name is the place in the manifest, so that reading it twice gives the same rows. */
export function filesOf(manifest: Manifest): NewFile[] {
  const rows = (kind: 'output' | 'deleted' | 'error', files: readonly ManifestFile[] = []) => files.map(({ type, url }, index): NewFile =>
    ({ name: `${kind}/${String(index + 1).padStart(6, '0')}`, kind, url, type: kind === 'output' ? type ?? null : null }));
  return [...rows('output', manifest.output), ...rows('deleted', manifest.deleted), ...rows('error', manifest.error)];
}
