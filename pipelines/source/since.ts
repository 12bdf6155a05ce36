import type { Asked, SourceKind } from '../../storage/source.ts';
import type { BulkSettings, Settings } from './settings.ts';

/** Servers write late: the next run asks from this much before where the last one stood. */
const OVERLAP_SECONDS = 300;

/** What a run asks for, with its watermarks worked in (contract 5). Types nobody listed stand under '*'. */
export function resolveAsked(kind: SourceKind, settings: Settings, wanted: Asked, marks: ReadonlyMap<string, Date>): Asked {
  const types = wanted.types ?? ('types' in settings ? settings.types : undefined);
  const asked: Asked = { ...wanted, ...(types === undefined ? {} : { types }) };
  if (kind === 'files') return asked;
  // Another group is another population: what is known of this one says nothing of it.
  const partial = wanted.group !== undefined && wanted.group !== (settings as BulkSettings).group ? { movesWatermarks: false } : {};
  if (wanted.full === true) return { ...asked, ...partial };
  const mark = (type: string) => later(marks.get(type), marks.get('*'));
  if (wanted.since !== undefined) {
    const since = new Date(wanted.since);
    const gap = (types ?? ['*']).some((type) => since > (mark(type) ?? new Date(0)));
    return { ...asked, since: since.toISOString(), ...(gap ? { movesWatermarks: false } : partial) };
  }
  if ('movesWatermarks' in partial) return { ...asked, ...partial };
  const overlapMs = 1000 * (('overlapSeconds' in settings ? settings.overlapSeconds : undefined) ?? OVERLAP_SECONDS);
  const from = (at: Date) => new Date(at.getTime() - overlapMs).toISOString();
  if (kind === 'search') {
    const known = [...(types ?? marks.keys())].flatMap((type) => {
      const at = mark(type);
      return at === undefined ? [] : [[type, from(at)] as const];
    });
    return { ...asked, sinceByType: Object.fromEntries(known) };
  }
  // An export has one _since: the earliest, and none while a type was never read.
  const found = (types ?? ['*']).map(mark);
  const times = found.flatMap((at) => (at === undefined ? [] : [at.getTime()]));
  return times.length < found.length ? asked : { ...asked, since: from(new Date(Math.min(...times))) };
}

const later = (a: Date | undefined, b: Date | undefined): Date | undefined => (a === undefined || (b !== undefined && b > a) ? b : a);

/** Where this run begins for the type; undefined: it reads the type in full. */
export const sinceOf = (asked: Asked, type: string): string | undefined => asked.since ?? asked.sinceByType?.[type];
