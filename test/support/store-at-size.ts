import { clinicalTypes } from '../../pipelines/source/resource-types.ts';
import type { Database } from '../../storage/connect.ts';
import { entriesAfter, type Selection } from '../../storage/feeds.ts';
import { referencesToAsk } from '../../storage/hydration.ts';
import { feedsOverview, sourcesOverview } from '../../storage/overview.ts';
import { queue, queueContents, queueCounts } from '../../storage/queue.ts';
import { reconciliation } from '../../storage/reconciliation.ts';
import { ruleSetShares } from '../../storage/rule-sets.ts';
import { runDetail, runs, runTypes } from '../../storage/runs.ts';
import { keepScores } from '../../storage/scores.ts';
import { enterPhase } from '../../storage/source.ts';
import { RECORDS_A_PATIENT } from './fill-versions.ts';
import type { Given, GovernedHistory } from './governed-history.ts';

export type Timed = { readonly what: string; readonly ms: number };
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function time(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return median(taken);
}

const care: Selection = { purposes: ['care'], types: null, sources: null };

async function timeEach(asked: Readonly<Record<string, () => Promise<unknown>>>, times: number): Promise<Timed[]> {
  const timed: Timed[] = [];
  for (const [what, ask] of Object.entries(asked)) timed.push({ what, ms: await time(times, ask) });
  return timed;
}

/** What somebody asks for once. @param run the large one */
export const commands = (db: Database, run: string): Promise<Timed[]> => timeEach({
  '`assay status`: versions by rule set': () => ruleSetShares(db),
  'the large run’s reconciliation': () => reconciliation(db, run),
}, 3);

/** What pages and consumers ask of a store again and again. @param run the large one */
export async function polls(db: Database, run: string): Promise<Timed[]> {
  const { rows: [head] } = await db.query<{ n: number }>('select n::float8 as n from feed_head');
  const end = head?.n ?? 0;
  return timeEach({
    'runs: the newest 20': () => runs(db, 20),
    'run: how far it is (`assay run`, the page)': () => runDetail(db, run),
    'run: its types (the page, each second while it runs)': () => runTypes(db, run),
    'sources (the page)': () => sourcesOverview(db),
    'feeds (the page)': () => feedsOverview(db),
    'queue: the first 50': () => queue(db, {}, 50, undefined, 'urgency'),
    'queue: what can be filtered by': () => queueCounts(db, {}),
    'queue: types and models in it': () => queueContents(db, {}),
    'feed: 1,000 entries from the start': () => entriesAfter(db, care, 0, 1_000),
    'feed: 1,000 entries from the middle': () => entriesAfter(db, care, Math.floor(end / 2), 1_000),
    'feed: nothing new at the end': () => entriesAfter(db, care, end, 1_000),
    'feed of one rare type: 100 entries from the middle': () => entriesAfter(db, { ...care, types: ['Practitioner'] }, Math.floor(end / 2), 100),
  }, 5);
}

/** As many in a store of any size: what a run costs goes by the compartments that it touches. */
export const PATIENTS = 30;

/** Runs of some resources of patients from all over the store, three times; each step's median. @param versions that the store has */
export async function smallRun(db: Database, history: GovernedHistory, items: number, versions: number): Promise<Timed[]> {
  const taken = new Map<string, number[]>();
  const step = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const made = await work();
    taken.set(what, [...taken.get(what) ?? [], performance.now() - began]);
    return made;
  };
  const apart = Math.floor(versions / RECORDS_A_PATIENT / PATIENTS);
  for (let turn = 0; turn < 3; turn++) {
    const given = Array.from({ length: items }, (_, n): Given => {
      const patient = (n % PATIENTS) * apart;
      const known = `r${patient * RECORDS_A_PATIENT + 1 + Math.floor(n / PATIENTS)}`;
      const text = n % 4 < 2 ? `changed in ${turn}` : n % 4 === 2 ? 'new' : 'as before';
      return { type: 'Observation', id: n % 4 === 2 ? `new-${turn}-${n}` : known, patient: `p${patient}`, text };
    });
    const run = await step('landing', () => history.land(given));
    await step('what is to be fetched', () => referencesToAsk(db, run, [...clinicalTypes]));
    await step('statistics, before assessment', () => enterPhase(db, run, 'assess'));
    await step('planning', () => history.plan(run));
    await step('assessment, with release', () => history.assess(run));
    await step('statistics, before release', () => enterPhase(db, run, 'release'));
    await step('release of what is left', () => history.release(run));
    await step('scores', () => db.transaction((tx) => keepScores(tx, run)));
    await step('reconciliation', () => reconciliation(db, run));
  }
  return [...taken].map(([what, each]) => ({ what, ms: median(each) }));
}
