/**
 * `npm run proof -- large-patient [RESOURCES]`: one patient with 100,000 resources goes through a run: the worker's peak
 * memory, the longest that it answered nobody, and whether any activity had to be tried again. docs/proof/large-patient.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { startRun } from '../../apps/temporal/runs.ts';
import { ownServices } from '../support/own-services.ts';
import { startProduct, type Product } from '../support/product.ts';
import { makeScratch } from '../support/scratch.ts';

const [resources = 100_000] = process.argv.slice(2).map(Number);
/** Half of the time after which an activity that does not beat is given to another. */
const LONGEST_SILENCE_MS = 10_000;
const codes = [['8867-4', '/min', 70], ['8310-5', 'Cel', 37], ['2708-6', '%', 97], ['29463-7', 'kg', 80], ['2339-0', 'mg/dL', 95], ['718-7', 'g/dL', 13]] as const;

/** Measurements of one patient over ten years, each a little different. */
function observation(place: number): string {
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

const folder = await makeScratch('large-patient');
const services = await ownServices();
try {
  await writeFile(join(folder.path, 'Patient.ndjson.gz'), gzipSync('{"resourceType":"Patient","id":"p","name":[{"family":"Large"}],"gender":"female","birthDate":"1950-01-01"}\n'));
  await writeFile(join(folder.path, 'Observation.ndjson.gz'), gzipSync(Array.from({ length: resources }, (_, place) => observation(place)).join('\n')));
  const product = await startProduct(services, { sandbox: { data: folder.path } });
  try {
    const { startedBy, ended } = await startRun(product.temporal, product.source);
    let over = false;
    const end = ended().finally(() => { over = true; });
    const { silence, assessing } = await watch(product, startedBy, () => over);
    const { run, state } = await end;
    const { balances, received } = await product.reconciled(run);
    const tries = await mostTries(product);
    const peak = await product.worker.peak() / 2 ** 20;
    const good = state === 'completed' && balances && tries === 1 && silence < LONGEST_SILENCE_MS;
    const text = [
      `# One patient with ${resources.toLocaleString('en')} resources`, '',
      `${new Date().toISOString().slice(0, 10)}, commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()}. \`npm run proof -- large-patient ${resources}\``, '',
      '| received | run | balances | assessing, s | worker’s peak, MiB | longest silence, ms | most tries of an activity |', '|---|---|---|---|---|---|---|',
      `| ${received.exported} | ${state} | ${balances ? 'yes' : 'no'} | ${assessing.toFixed(0)} | ${peak.toFixed(0)} | ${silence.toFixed(0)} | ${tries} |`, '',
      `No activity tried twice, no silence over ${LONGEST_SILENCE_MS / 1000} s: ${good ? 'holds' : 'does not hold'}.`, '',
    ].join('\n');
    const out = join(import.meta.dirname, '..', '..', 'docs', 'proof');
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'large-patient.md'), text);
    console.log(text);
    process.exitCode = good ? 0 : 1;
  } finally {
    await product.stop();
  }
} finally {
  await services.stop();
  await folder.remove();
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
