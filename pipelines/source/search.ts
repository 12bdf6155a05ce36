import type { Asked } from '../../storage/source.ts';
import type { NewFile } from '../../storage/run-files.ts';
import { readCapability, type Capability } from './capability.ts';
import type { Connection } from './connection.ts';
import { historyFile } from './history.ts';
import { pageName } from './page-name.ts';
import { clinicalTypes } from './resource-types.ts';
import type { SearchSettings } from './settings.ts';
import { sinceOf } from './since.ts';

const PAGE_SIZE = 200;

/**
 * The first page of each type's searches; the others follow as they are read. What changed since the
 * watermark comes from the type's history (with its deletions), else by `_lastUpdated`, else with all the rest.
 */
export async function firstPages(connection: Connection, asked: Asked, settings: SearchSettings): Promise<{ files: NewFile[]; types: readonly string[]; at: Date }> {
  const capability = await readCapability(connection);
  const types = asked.types ?? clinicalTypes.filter((type) => capability.searchable.includes(type));
  const files = types.flatMap((type) => filesFor(connection.base, type, sinceOf(asked, type), settings, capability));
  return { files, types, at: capability.date };
}

function filesFor(base: string, type: string, since: string | undefined, settings: SearchSettings, capability: Capability): NewFile[] {
  const queries = settings.queries?.[type];
  const size = settings.pageSize ?? PAGE_SIZE;
  const history = since !== undefined && capability.hasTypeHistory(type);
  if (history && queries === undefined) return [historyFile(base, type, since, 'changes', size)];
  const from = since !== undefined && capability.hasLastUpdated(type) ? since : undefined;
  const pages = (queries ?? ['']).map((query, index): NewFile => ({
    name: pageName({ kind: 'page', type, query: index + 1, attempt: 1, page: 1 }), kind: 'page',
    // What is included is of other types.
    type: /(^|&)_(rev)?include/.test(query) ? null : type,
    url: searchUrl(base, type, query, from, size),
  }));
  // A history knows nothing of the queries: only its deletions are taken.
  return history ? [...pages, historyFile(base, type, since, 'deletions', size)] : pages;
}

function searchUrl(base: string, type: string, query: string, since: string | undefined, size: number): string {
  const parameters = new URLSearchParams(query);
  if (since !== undefined) parameters.append('_lastUpdated', `ge${since}`);
  if (!parameters.has('_count')) parameters.set('_count', String(size));
  return `${base}/${type}?${parameters.toString()}`;
}
