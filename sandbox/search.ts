import { patientIdIn, patientsOfVersion } from './compartment.ts';
import { matchesRange, parseInstantRange } from './instant-range.ts';
import { at, isObject, textAt, type Json } from './json-exact.ts';
import { resourceOf, type Version } from './store.ts';

export type Test = (version: Version) => boolean;
export type SearchPlan = {
  tests: Test[];
  /** The parameters that were understood, for the self link. */
  used: [string, string][];
  ignored: string[];
  count: number;
  sort: 'newest' | 'oldest' | undefined;
};

export class BadSearch extends Error {}

const defaultCount = 100, mostCount = 1000;
// token parameters of R4 by the element they read, for the types that have that element
const tokens: Record<string, string> = {
  identifier: 'identifier', category: 'category', code: 'code', type: 'type', status: 'status',
  'clinical-status': 'clinicalStatus', intent: 'intent', gender: 'gender',
};

export const searchParameters = ['_id', '_lastUpdated', 'patient', '_count', '_sort', ...Object.keys(tokens)];

export function planSearch(query: URLSearchParams): SearchPlan {
  const plan: SearchPlan = { tests: [], used: [], ignored: [], count: defaultCount, sort: undefined };
  for (const [name, value] of query) {
    if (value === '') continue;
    const test = testFor(name, value, plan);
    if (test === undefined) plan.ignored.push(name);
    else plan.used.push([name, value]);
    if (typeof test === 'function') plan.tests.push(test);
  }
  return plan;
}

function testFor(name: string, value: string, plan: SearchPlan): Test | 'no test' | undefined {
  const values = value.split(','); // a comma is "or"; a repeated parameter is "and"
  const element = tokens[name];
  if (element) return (version) => values.some((wanted) => hasToken(at(resourceOf(version), element), wanted));
  switch (name) {
    case '_id':
      return ({ id }) => values.includes(id);
    case '_lastUpdated': {
      const ranges = values.map((text) => parseInstantRange(text));
      return ({ lastUpdated }) => ranges.some((range) => {
        if (!range) throw new BadSearch('_lastUpdated must be a FHIR date, dateTime or instant with an optional prefix.');
        return matchesRange(lastUpdated, range);
      });
    }
    case 'patient': {
      const ids = values.map((wanted) => patientIdIn(wanted) ?? wanted);
      return (version) => patientsOfVersion(version).some((id) => ids.includes(id));
    }
    case '_count': {
      const count = Number(value);
      if (!Number.isInteger(count) || count < 0) throw new BadSearch('_count must be a whole number.');
      plan.count = Math.min(count, mostCount);
      return 'no test';
    }
    case '_sort':
      if (value !== '_lastUpdated' && value !== '-_lastUpdated') return undefined;
      plan.sort = value.startsWith('-') ? 'newest' : 'oldest';
      return 'no test';
    case '_format': case '_total': case '_summary':
      if (value === 'count') plan.count = 0;
      return 'no test';
    default:
      return undefined;
  }
}

/** `code`, `system|code`, `|code` or `system|` against a code, Identifier, Coding or CodeableConcept, or a list of these. */
function hasToken(element: Json | undefined, wanted: string): boolean {
  if (Array.isArray(element)) return element.some((item) => hasToken(item, wanted));
  if (typeof element === 'string') return element === wanted.slice(wanted.indexOf('|') + 1);
  if (!isObject(element)) return false;
  if (element['coding']) return hasToken(element['coding'], wanted);
  const system = textAt(element, 'system') ?? '', code = textAt(element, 'code') ?? textAt(element, 'value');
  const bar = wanted.indexOf('|');
  if (bar < 0) return code === wanted;
  const [wantedSystem, wantedCode] = [wanted.slice(0, bar), wanted.slice(bar + 1)];
  return system === wantedSystem && (wantedCode === '' || code === wantedCode);
}
