import { AssayError, errors } from '../../terms/errors.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import type { Database } from '../../storage/connect.ts';
import { addFiles, fileUrl, hasUrl, noteOnFile, type FileToOpen } from '../../storage/run-files.ts';
import { failType } from '../../storage/source.ts';
import { asJson, discard, isObject, isString, listOf, readBody, type JsonObject } from './body.ts';
import { bundleSlices, type BundleSlices, type EntrySlice } from './bundle-slices.ts';
import type { Connection } from './connection.ts';
import { historyItems } from './history.ts';
import { OUTCOME } from './ndjson-items.ts';
import { pageName, readPageName, type PageName } from './page-name.ts';
import { codesOf, refusal } from './refusal.ts';
import { bulkSettings } from './settings.ts';

const REFUSED = { gone: 'ASSAY_SOURCE_SEARCH_REFUSED', refused: 'ASSAY_SOURCE_SEARCH_REFUSED' } as const;
/** What servers answer to a next link that ran out (Epic 400, HAPI 410). */
const EXPIRED = new Set([400, 404, 410]);
const MOST_ATTEMPTS = 5;

/** Items of one page of a search or a history; its next link becomes a file of the run before any item is given out. */
export async function* pageItems(db: Database, connection: Connection, file: FileToOpen, fromLine: number): AsyncGenerator<SourceItem> {
  const name = readPageName(file.name);
  // HAPI answers a search asked before within a minute from its cache, without what was written since.
  const answer = await connection.ask(file.url, { headers: { 'cache-control': 'no-cache' } });
  if (name.page > 1 && EXPIRED.has(answer.status)) {
    discard(answer.body);
    return beginAnew(db, file, name);
  }
  if (answer.status !== 200) {
    const refused = await refusal(connection.http, answer, REFUSED);
    if (name.kind !== 'deletions' || errors[refused.code].retry || asksForHistory(file)) throw refused;
    // Nobody asked for it: what the export gave is complete without.
    return noteOnFile(db, file.file, `history refused: ${refused.detail ?? refused.code}`);
  }
  const page = readPage(await readBody(answer));
  await addNext(db, file, name, nextLink(page.bundle) ?? nextInHeader(answer.header('link')));
  const items = file.kind === 'history' ? historyItems(page.entries, name.kind === 'deletions') : searchItems(page.entries, file);
  for (const item of items) {
    if (item.skip === OUTCOME && saysError(item.bytes)) await failType(db, file.run, name.type, 'ASSAY_SOURCE_EXPORT_PARTIAL');
    if (item.line >= fromLine) yield item;
  }
}

/** A search has no other way to learn of deletions. */
const asksForHistory = (file: FileToOpen): boolean =>
  file.sourceKind !== 'bulk' || bulkSettings(file.settings).deletionsFromHistory === true;

function readPage(body: Buffer): BundleSlices {
  const page = bundleSlices(body);
  if (page !== undefined) return page;
  const codes = codesOf(asJson(body));
  throw codes.length > 0 ? new AssayError('ASSAY_SOURCE_SEARCH_REFUSED', codes.join(', ')) : new AssayError('ASSAY_SOURCE_PAGE_INVALID');
}

const nextLink = (bundle: JsonObject): unknown => listOf(bundle['link']).find(({ relation }) => relation === 'next')?.['url'];

/** `Link: <…>; rel="next"` (RFC 8288), from servers that page by it and not in the Bundle. */
const nextInHeader = (links: string | undefined): string | undefined =>
  (links ?? '').match(/<([^<>]+)>\s*;[^,<]*\brel\s*=\s*"?next\b/i)?.[1];

async function addNext(db: Database, file: FileToOpen, name: PageName, link: unknown): Promise<void> {
  if (link === undefined) return;
  if (!isString(link) || !URL.canParse(link, file.url)) throw new AssayError('ASSAY_SOURCE_PAGE_INVALID', 'next link');
  const next = { name: pageName({ ...name, page: name.page + 1 }), kind: file.kind, type: file.type, url: new URL(link, file.url).href };
  if (await hasUrl(db, file.run, next.url, next.name)) throw new AssayError('ASSAY_SOURCE_PAGE_INVALID', 'the next link leads back');
  await addFiles(db, file.run, [next]);
}

/** The search begins anew; what was landed comes again and is unchanged. */
async function beginAnew(db: Database, file: FileToOpen, name: PageName): Promise<void> {
  if (name.attempt === MOST_ATTEMPTS) throw new AssayError('ASSAY_SOURCE_PAGE_EXPIRED', `after ${MOST_ATTEMPTS} attempts`);
  const url = await fileUrl(db, file.run, pageName({ ...name, attempt: 1, page: 1 }));
  if (url === undefined) throw new AssayError('ASSAY_SOURCE_PAGE_EXPIRED');
  await addFiles(db, file.run, [{ name: pageName({ ...name, attempt: name.attempt + 1, page: 1 }), kind: file.kind, type: file.type, url }]);
}

function* searchItems(entries: readonly EntrySlice[], file: FileToOpen): Generator<SourceItem> {
  for (const [index, { entry, resource }] of entries.entries()) {
    const place = { line: index + 1, nextOffset: index + 1, bytes: resource ?? Buffer.alloc(0) };
    const skip = resource === undefined ? 'no-resource' : whySkip(entry, file.type !== null);
    yield skip === undefined ? place : { ...place, skip };
  }
}

/** `search.mode` may be absent: then the resource tells. */
function whySkip({ search, resource }: JsonObject, includesUnasked: boolean): string | undefined {
  const mode = isObject(search) ? search['mode'] : undefined;
  if (mode === 'outcome' || (isObject(resource) && resource['resourceType'] === 'OperationOutcome')) return OUTCOME;
  return mode === 'include' && includesUnasked ? 'include-not-asked' : undefined;
}

const saysError = (bytes: Uint8Array): boolean =>
  listOf(asJson(Buffer.from(bytes))?.['issue']).some(({ severity }) => severity === 'error' || severity === 'fatal');
