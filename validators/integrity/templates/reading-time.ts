import { moment } from '../reading/moments.ts';
import type { AiContent, Verification } from './ai-content.ts';
import { byHuman } from './ai-content.ts';

/** Words a minute: adults read some 240 and skim 450 (Brysbaert, J Mem Lang 2019;109:104047); faster nobody reads. */
export const fastest = 600;
/** Shorter texts are taken in at a glance. */
export const fewest = 80;

export const readingSeconds = (words: number): number => (words / fastest) * 60;

/** The exact time of a check by a person, in ms; undefined where only a day is known. */
export function checkedAt(check: Verification): number | undefined {
  const at = moment(check.at);
  return at !== undefined && at.hasTime && at.hasZone && byHuman(check) ? at.from : undefined;
}

/** When the text could first be read. */
export function readableFrom(content: AiContent): number | undefined {
  const times = content.generations.flatMap((generation) => { const at = moment(generation.at); return at !== undefined && at.hasTime && at.hasZone ? [at.from] : []; });
  return times.length === 0 ? undefined : Math.max(...times);
}
