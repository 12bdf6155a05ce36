import { membersOf, patientIdIn } from './compartment.ts';
import { refuse, type Answer, type Asked } from './exchange.ts';
import type { ExportAsk } from './export-job.ts';
import { parseInstantRange } from './instant-range.ts';
import { listAt, parseExact, textAt } from './json-exact.ts';
import { BadSearch, planSearch, type Test } from './search.ts';
import type { Server } from './server-parts.ts';

const outputFormats = ['application/fhir+ndjson', 'application/ndjson', 'ndjson'];
const typeForm = /^[A-Z][A-Za-z]+$/;
const known = ['_outputFormat', '_since', '_type', '_typeFilter', '_elements', 'patient'];

/** Reads a kick-off, GET or POST with a Parameters body; an Answer when it must be refused. */
export function readExportAsk(server: Server, asked: Asked): ExportAsk | Answer {
  const query = asked.method === 'POST' ? parametersOf(asked.body) : asked.query;
  if (!query) return refuse(400, 'structure', 'The body is no Parameters resource.');
  const prefer = String(asked.headers['prefer'] ?? '');
  if (!/\brespond-async\b/.test(prefer)) return refuse(400, 'invalid', 'An export needs the header Prefer: respond-async.');
  const accept = String(asked.headers['accept'] ?? '*/*');
  if (!/application\/(fhir\+)?json|\*/.test(accept)) return refuse(406, 'not-supported', 'Accept must be application/fhir+json.');
  const strange = [...query.keys()].filter((name) => !known.includes(name));
  if (strange.length > 0 && !/handling=lenient/.test(prefer)) return refuse(400, 'not-supported', `Parameters not supported: ${strange.join(', ')}.`);
  const format = query.get('_outputFormat');
  if (format !== null && !outputFormats.includes(format)) return refuse(400, 'not-supported', '_outputFormat must be application/fhir+ndjson.');
  const sinceText = query.get('_since');
  const since = sinceText === null ? undefined : parseInstantRange(sinceText);
  if (sinceText !== null && !since) return refuse(400, 'invalid', '_since must be an instant.');
  const types = query.getAll('_type').flatMap((list) => list.split(',')).filter((type) => type !== '');
  if (!types.every((type) => typeForm.test(type))) return refuse(400, 'invalid', '_type must name resource types.');

  const filters = filtersIn(query.getAll('_typeFilter'));
  if (filters === undefined) return refuse(400, 'invalid', '_typeFilter must be searches of a type, with parameters that are known.');
  const elements = query.getAll('_elements').flatMap((list) => list.split(',')).filter((element) => element !== '');

  const { id } = asked.path;
  const level = id ? 'group' : asked.url.includes('/Patient/$export') ? 'patient' : 'system';
  const members = level === 'system' ? undefined : membersOf(server.store, id ?? 'everyone');
  if (level === 'group' && !members) return refuse(404, 'not-found', 'No such Group.');
  const listed = query.getAll('patient').map((reference) => patientIdIn(reference) ?? '');
  if (listed.length > 0 && (asked.method !== 'POST' || members === undefined)) return refuse(400, 'invalid', 'patient goes with POST, at the levels of Patient and Group.');
  if (listed.some((patient) => members?.has(patient) === false)) return refuse(400, 'not-found', 'A patient is none of these.');
  return {
    level, types: types.length > 0 ? types : undefined, since: since?.from, filters, elements,
    members: listed.length === 0 ? members : new Map([...members ?? []].filter(([patient]) => listed.includes(patient))),
    newMembersInFull: true, allVersions: false, leaveOut: [], withDeletions: true,
  };
}

/** By type the searches of which one must match; undefined where one is no search. */
function filtersIn(written: readonly string[]): ReadonlyMap<string, Test[]> | undefined {
  const filters = new Map<string, Test[]>();
  // A comma in a list separates filters where a type and a question mark follow it.
  for (const filter of written.flatMap((list) => list.split(/,(?=[A-Z][A-Za-z]+\?)/))) {
    const [, type = '', search = ''] = /^([A-Z][A-Za-z]+)\?(.+)$/.exec(filter) ?? [];
    try {
      const { tests, ignored } = planSearch(new URLSearchParams(search));
      if (tests.length === 0 || ignored.length > 0) return undefined;
      filters.set(type, [...filters.get(type) ?? [], (version) => tests.every((test) => test(version))]);
    } catch (error) {
      if (error instanceof BadSearch) return undefined;
      throw error;
    }
  }
  return filters;
}

function parametersOf(body: Buffer | undefined): URLSearchParams | undefined {
  try {
    const query = new URLSearchParams();
    for (const parameter of listAt(parseExact(body?.toString() ?? ''), 'parameter')) {
      const name = textAt(parameter, 'name');
      const value = textAt(parameter, 'valueReference', 'reference') ?? ['valueString', 'valueInstant', 'valueCode', 'valueUri'].map((key) => textAt(parameter, key)).find(Boolean);
      if (name && value) query.append(name, value);
    }
    return query;
  } catch {
    return undefined;
  }
}
