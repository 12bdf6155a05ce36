import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import type { ConfigFile } from './config.ts';
import schema from './config.schema.json' with { type: 'json' };

/** `where`: a place like sources[0].kind, or an environment variable. Never a value. */
export type Problem = { readonly where: string; readonly what: string };

const ajv = new Ajv({ discriminator: true, strictRequired: false, verbose: true });
ajv.addSchema(schema);
const isConfig = ajv.compile<ConfigFile>({ $ref: schema.$id });
const isEnvironment = ajv.compile({ $ref: `${schema.$id}#/definitions/environment` });

/** The first thing wrong with what the file says or with the environment. */
export function firstProblem(written: unknown, env: NodeJS.ProcessEnv): Problem | undefined {
  if (!isEnvironment({ ...env })) return asProblem(isEnvironment.errors?.[0]);
  if (!isConfig(written)) return asProblem(isConfig.errors?.[0]);
  return repeated(written) ?? unknownSource(written) ?? levelProblem(written) ?? calendarProblem(written);
}

/** Ajv's message, with what it leaves out: the allowed values, the property's name. */
function asProblem(error: ErrorObject | undefined): Problem {
  const place = (error?.instancePath ?? '').slice(1).replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
  const { allowedValues, additionalProperty } = (error?.params ?? {}) as Record<string, unknown>;
  const where = place === '' ? 'the top level' : place;
  if (additionalProperty !== undefined) return { where, what: `has a property that is not known: ${String(additionalProperty)}` };
  if (error?.propertyName !== undefined) return { where, what: `has a property that does not go with the others: ${error.propertyName}` };
  if (error?.keyword === 'discriminator') return { where: `${where}.kind`, what: 'must be bulk, search or files' };
  if (Array.isArray(allowedValues)) return { where, what: `must be one of ${allowedValues.join(', ')}` };
  // The schema's own words for the place: a pattern alone says little.
  const meaning = error?.keyword === 'pattern' ? (error.parentSchema as { description?: string } | undefined)?.description : undefined;
  return { where, what: meaning === undefined ? error?.message ?? 'does not fit' : `is not in the expected form: ${meaning}` };
}

function repeated(config: ConfigFile): Problem | undefined {
  for (const list of ['sources', 'feeds'] as const) {
    const names = (config[list] ?? []).map((item) => item.name);
    const index = names.findIndex((name, place) => names.indexOf(name) < place);
    if (index >= 0) return { where: `${list}[${index}].name`, what: 'is the name of an earlier one' };
  }
  return undefined;
}

function unknownSource(config: ConfigFile): Problem | undefined {
  const known = new Set((config.sources ?? []).map((source) => source.name));
  for (const [index, feed] of (config.feeds ?? []).entries()) {
    const missing = (feed.sources ?? []).findIndex((name) => !known.has(name));
    if (missing >= 0) return { where: `feeds[${index}].sources[${missing}]`, what: 'is not the name of a source' };
  }
  return undefined;
}

function levelProblem(config: ConfigFile): Problem | undefined {
  for (const [index, source] of (config.sources ?? []).entries()) {
    if (source.kind !== 'bulk') continue;
    const { level, group, patients, kickOffBy } = source;
    if (level === 'group' && group === undefined) return { where: `sources[${index}].group`, what: 'is missing, and level is group' };
    if (level === 'system' && patients !== undefined) return { where: `sources[${index}].patients`, what: 'goes with the levels patient and group, and level is system' };
    if (kickOffBy === 'get' && patients !== undefined) return { where: `sources[${index}].kickOffBy`, what: 'must be post: a list of patients cannot be asked for by GET' };
  }
  return undefined;
}

function calendarProblem(config: ConfigFile): Problem | undefined {
  const calendars = [['calendar', config.calendar] as const, ...(config.sources ?? []).map((source, index) => [`sources[${index}].calendar`, source.calendar] as const)];
  for (const [where, calendar] of calendars) {
    if (calendar === undefined) continue;
    if (!isZone(calendar.zone)) return { where: `${where}.zone`, what: 'is no time zone that is known here' };
    if (calendar.to <= calendar.from) return { where: `${where}.to`, what: 'must be later than from' };
  }
  return undefined;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
