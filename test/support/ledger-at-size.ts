import { randomUUID } from 'node:crypto';
import { appendEvent } from '../../ledger/append.ts';
import { allQuestions, answerQuestion, type Given as Asked } from '../../ledger/questions/all-questions.ts';
import { proofOfAnswer } from '../../ledger/questions/proof-of-answer.ts';
import { createDuties, retractionDeps } from '../../apps/product/duties.ts';
import { retract } from '../../pipelines/retraction/retract.ts';
import { describeConsumer } from '../../pipelines/feed/describe-consumer.ts';
import type { Database } from '../../storage/connect.ts';
import { ledgerHead } from '../../storage/ledger.ts';
import { purposes } from '../../terms/purpose.ts';
import { fillCaseSteps, fillLedger, fillViews } from './fill-ledger.ts';
import { governedHistory, type Given, type GovernedHistory } from './governed-history.ts';
import { asker, exceptionStage, view } from './held-cases.ts';

export type Size = { readonly leaves: number; readonly entries: number };
export type AtSize = Size & {
  /** What the questions are asked about: chosen so that each has something to answer. */
  readonly given: Asked;
  readonly source: number;
  readonly patient: string;
};

const RUN = 8_000;
/** Partitions that are assessed together. */
const AT_ONCE = 3;
/** Records of an ordinary patient, of which one in fifty fails a later version of the rule. */
const RECORDS = 40;
const CONSUMERS = 10;
const RANGE = 500;

/**
 * A log of so many leaves over so many entries: the entries through the real stages, a twentieth of them taken back or
 * failing since; 10 consumers that read all of them; a fifth of the leaves looks at records; the rest steps of cases.
 * What the stages write becomes leaves by the sequencer; what SQL writes (fill-ledger.ts) stands as leaves at once.
 */
export async function ledgerAtSize(db: Database, { leaves, entries }: Size, say: (line: string) => void = () => {}): Promise<AtSize> {
  const history = await governedHistory(db);
  const versions = Math.floor(entries / purposes.length);
  const records = Array.from({ length: versions }, (_, n): Given => recordOf(n));
  for (let at = 0; at < versions; at += RUN) await history.govern(records.slice(at, at + RUN), AT_ONCE);
  say('entries are released');
  const consumers: number[] = [];
  let token = '';
  for (let n = 0; n < CONSUMERS; n++) {
    const one = await history.consumer(`reader-${n}`, 'care', n === 0 ? ['risk@2'] : []);
    if (n === 0) token = one.token;
    consumers.push(one.consumer.id);
    await describeConsumer({ db, appendEvent }, `reader-${n}`, {
      legalName: `Reader ${n}, Inc.`, address: '1 Main St', relation: n % 2 === 0 ? 'disclosure' : 'internal-use', purpose: 'a study', legalBasis: '164.512(i)', agreement: 'DUA', by: 'ada',
    });
  }
  await fillLedger(db, CONSUMERS * Math.ceil(entries / RANGE), { consumers, feed: 'care', width: RANGE, upTo: entries }, 'leaves');
  say('ranges are written');
  await takeBack(db, history, versions, token);
  await failSince(history, versions);
  await doDuties(db, Math.floor(versions / RECORDS) - 1);
  say('some is taken back, some fails since');
  const patient = 'p0';
  await fillViews(db, Math.floor(leaves / 5), { source: history.source }, 'leaves');
  say('looks are written');
  const { rows: [made] } = await db.query<{ n: number }>('select count(*)::int as n from event');
  await fillCaseSteps(db, Math.max(0, leaves - made!.n), 'leaves');
  const { size } = await ledgerHead(db);
  say(`${size.toLocaleString('en')} leaves are written`);
  await db.query('vacuum analyze'); // as autovacuum does with time
  return { leaves: size, entries: await entriesIn(db), given: await givenFor(db, history.source, patient), source: history.source, patient };
}

/** The first patient has 200 records, others fewer. */
function recordOf(n: number): Given {
  const patient = `p${n < 200 ? 0 : Math.floor(n / RECORDS)}`;
  if (n === 0 || (n >= 200 && n % RECORDS === 0)) return { type: 'Patient', id: patient };
  return { type: 'Observation', id: `o${n}`, patient, text: n % 50 === 7 ? `${n} fails since 2` : n % 500 === 11 ? `held for case${n}` : `${n}` };
}

/** One in a hundred is taken back; one consumer acknowledges. What is held is let through by people. */
async function takeBack(db: Database, history: GovernedHistory, versions: number, token: string): Promise<void> {
  const { rows } = await db.query<{ id: string }>(`select id from version where type = 'Observation' and id % 100 = 3`);
  await history.retract(rows.map((row) => row.id), purposes, 'reversed');
  await history.acknowledge(token, 'care', await entriesIn(db));
  const ask = asker(db, exceptionStage(db));
  const { rows: cases } = await db.query<{ id: string }>(`select id from exception where state = 'open' order by id limit 1000`);
  for (const { id } of cases) await ask(id, { act: 'decide', view: view({ purposes: ['care'], reason: 'Seen in the chart.' }) }, 'ann', ['governor'], randomUUID());
  if (versions > 1_000 && cases.length === 0) throw new Error('nothing was held');
}

/** One of each of governance's duties, so that what is listed about them has something to list. @param last of the patients with all their records */
async function doDuties(db: Database, last: number): Promise<void> {
  const duties = createDuties(db);
  const [{ source, version }] = (await db.query<{ source: string; version: string }>(
    `select s.name as source, v.id::text as version from version v join source s on s.id = v.source_id where v.logical_id = 'o205'`)).rows as [{ source: string; version: string }];
  const by = { by: 'ada', because: 'To be asked about.' };
  await duties.setSchedule({ name: 'adults', years: 0, ...by });
  await duties.placeHold({ source, patient: `p${last - 1}`, ...by });
  await duties.suspendAccounting({ consumer: 'reader-1', until: new Date(Date.now() + 86_400_000), written: false, ...by });
  await duties.requestAmendment({ source, patient: 'p0', records: ['Observation/o1'], says: 'It was the left side.', named: [], by: 'ada' });
  await retract(retractionDeps(db), { version }, 'ada', 'To be asked about.');
  await duties.destroy({ source, patient: `p${last}`, schedule: 'adults', ...by });
}

/** A version more of a record of some compartments: they move to the rule's later version, and what fails it is seen. */
async function failSince(history: GovernedHistory, versions: number): Promise<void> {
  history.raiseRule(2);
  const touched = Array.from({ length: Math.floor(Math.min(2_000, versions / RECORDS)) }, (_, n) => n * RECORDS + 1).filter((n) => n >= 200);
  for (let at = 0; at < touched.length; at += RUN) await history.govern(touched.slice(at, at + RUN).map((n) => ({ ...recordOf(n), text: `${n}, again` })), AT_ONCE);
}

const entriesIn = async (db: Database): Promise<number> => (await db.query<{ n: number }>('select n::float8 as n from feed_head')).rows[0]!.n;

async function givenFor(db: Database, source: number, patient: string): Promise<Asked> {
  const { rows: [row] } = await db.query<{ name: string; version: string; entry: string }>(
    `select s.name, e.sequence::text as entry, (select id::text from version where source_id = s.id and logical_id = 'o1' and ordinal = 1) as version
       from ruled_version d join feed_entry e on e.version_id = d.version_id and e.purpose = 'care' and e.kind = 'release' join version v on v.id = d.version_id
       join source s on s.id = v.source_id where v.source_id = $1 limit 1`, [source]);
  return {
    source: row!.name, patient, entry: row!.entry, version: row!.version, schedule: 'adults', rule: 'reference-missing', released: '1', failing: '2', model: 'risk@2', at: new Date().toISOString(),
  };
}

/** What is listed about governance's duties: not among the eight questions that must be quick at any size. */
const listings: ReadonlySet<string> = new Set(['retracted', 'amendments', 'holds', 'due', 'schedules', 'destructions', 'suspensions', 'recipients']);

export type Timed = { readonly question: string; readonly listing: boolean; readonly median: number; readonly slowest: number; readonly rows: number };

/** Each question and the proof, seven times: milliseconds, and how many rows it answered. The first time counts as well. */
export async function timeQuestions(db: Database, { given, source, patient }: AtSize): Promise<Timed[]> {
  const timed: Timed[] = [];
  const time = async (question: string, ask: () => Promise<number>): Promise<void> => {
    const times: number[] = [];
    let rows = 0;
    for (let turn = 0; turn < 7; turn++) {
      const began = performance.now();
      rows = await ask();
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    timed.push({ question, listing: listings.has(question), median: times[3]!, slowest: times[6]!, rows });
  };
  for (const { name, needs, takes = [] } of allQuestions) {
    await time(name, async () => (await answerQuestion(db, name, Object.fromEntries(needs.map((one) => [one, given[one] ?? ''])))).rows.length);
    if (takes.includes('patient')) {
      await time(`${name}, of a patient`, async () => (await answerQuestion(db, name, Object.fromEntries([...needs, 'source' as const, 'patient' as const].map((one) => [one, given[one] ?? ''])))).rows.length);
    }
  }
  await time('proof of an answer', async () => (await proofOfAnswer(db, { source, patient }, new Date())).chain.links.length);
  return timed;
}
