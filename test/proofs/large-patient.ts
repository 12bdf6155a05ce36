/**
 * `npm run proof -- large-patient [RESOURCES]`: one patient with 100,000 resources, and one with a tenth of them, goes through a run:
 * the worker's peak memory, the longest that it answered nobody, and whether any activity had to be tried again.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { startRun } from '../../apps/temporal/runs.ts';
import { ownServices } from '../support/own-services.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openProof } from '../support/proof.ts';
import { makeScratch } from '../support/scratch.ts';

const proof = await openProof('large-patient');
const [most] = proof.numbers(100_000);
/** Half of the time after which an activity that does not beat is given to another. */
const LONGEST_SILENCE_MS = 10_000;
const codes = [['8867-4', '/min', 70], ['8310-5', 'Cel', 37], ['2708-6', '%', 97], ['29463-7', 'kg', 80], ['2339-0', 'mg/dL', 95], ['718-7', 'g/dL', 13]] as const;

/** Measurements of one patient over ten years, each a little different. */
function observation(place: number, resources: number): string {
  const [code, unit, usual] = codes[place % codes.length] ?? codes[0];
  const at = new Date(Date.UTC(2014, 0, 1) + place * Math.floor((10 * 365 * 86_400_000) / resources)).toISOString();
  return JSON.stringify({
    resourceType: 'Observation', id: `o${place}`, status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code }] }, subject: { reference: 'Patient/p' }, effectiveDateTime: at, issued: at,
    valueQuantity: { value: usual + (place % 7) / 10, unit, system: 'http://unitsofmeasure.org', code: unit },
  });
}

type Watched = { silence: number; assessing: number };

/** Asks the worker for its health until the run ends: while it computes without a pause nobody is answered. */
async function watch({ db, worker }: Product, startedBy: string, ended: () => boolean): Promise<Watched> {
  const watched: Watched = { silence: 0, assessing: 0 };
  while (!ended()) {
    const asked = performance.now();
    await worker.metrics().catch(() => '');
    const waited = performance.now() - asked;
    watched.silence = Math.max(watched.silence, waited);
    const { rows: [run] } = await db.query<{ phase: string }>('select phase from run where started_by = $1', [startedBy]);
    await sleep(100);
    if (run?.phase === 'assess') watched.assessing += (performance.now() - asked) / 1000;
  }
  return watched;
}

type Measured = {
  readonly resources: number; readonly state: string; readonly balances: boolean; readonly tries: number; readonly peak: number; readonly silence: number; readonly assessing: number;
};

async function measure(resources: number): Promise<Measured> {
  const folder = await makeScratch('large-patient');
  const services = await ownServices();
  try {
    await writeFile(join(folder.path, 'Patient.ndjson.gz'), gzipSync('{"resourceType":"Patient","id":"p","name":[{"family":"Large"}],"gender":"female","birthDate":"1950-01-01"}\n'));
    await writeFile(join(folder.path, 'Observation.ndjson.gz'), gzipSync(Array.from({ length: resources }, (_, place) => observation(place, resources)).join('\n')));
    const product = await startProduct(services, { sandbox: { data: folder.path } });
    try {
      const { startedBy, ended } = await startRun(product.temporal, product.source);
      let over = false;
      const end = ended().finally(() => { over = true; });
      const watched = await watch(product, startedBy, () => over);
      const { run, state } = await end;
      const { balances, received } = await product.reconciled(run);
      return { ...watched, resources: received.exported, state, balances, tries: await mostTries(product), peak: await product.worker.peak() / 2 ** 20 };
    } finally {
      await product.stop();
    }
  } finally {
    await services.stop();
    await folder.remove();
  }
}

/** An attempt is on record when an activity ends: only the one that succeeded, with its number. */
async function mostTries({ temporal }: Product): Promise<number> {
  let most = 0;
  for await (const { workflowId, runId } of temporal.workflow.list()) {
    const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const event of events ?? []) most = Math.max(most, event.activityTaskStartedEventAttributes?.attempt ?? 0);
  }
  return most;
}

const measured: Measured[] = [];
for (const resources of [most / 10, most]) measured.push(await proof.step(`${resources} resources of one patient`, () => measure(resources)));
await proof.tell({
  title: `One patient with ${most.toLocaleString('en')} resources`,
  holds: measured.every(({ state, balances, tries, silence }) => state === 'completed' && balances && tries === 1 && silence < LONGEST_SILENCE_MS),
  lines: [
    '| received | run | balances | assessing, s | worker’s peak, MiB | longest silence, ms | most tries of an activity |', '|---|---|---|---|---|---|---|',
    ...measured.map((one) => `| ${one.resources} | ${one.state} | ${one.balances ? 'yes' : 'no'} | ${one.assessing.toFixed(0)} | ${one.peak.toFixed(0)} | ${one.silence.toFixed(0)} | ${one.tries} |`), '',
    `It holds when no activity was tried twice and no silence was over ${LONGEST_SILENCE_MS / 1000} s.`,
  ],
});
