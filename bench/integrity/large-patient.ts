/**
 * One patient with so many resources, alone in a process: what the rules keep, what they and the whole view keep, and the
 * process's peak. Run by bench/integrity.ts, with --expose-gc for what is kept and without for the peak.
 */
import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ViewEntry } from '../../terms/patient-view.ts';
import type { Resource } from '../../terms/rule.ts';
import { collectEntries } from '../../pipelines/assessment/view-entries.ts';
import { checkPatient } from '../../validators/integrity/check-patient.ts';
import { entryOf, pagesOfLines, view } from './population.ts';

const [how, size = '100000'] = process.argv.slice(2);

// Packed, so that the texts to parse are a small part of what is measured.
const packed = Array.from(pagesOfLines(500), (page) => deflateRawSync(page.join('\n'), { level: 1 }));

/** Other ids and nothing kept: as a store would stream them. */
function* entries(): Generator<ViewEntry> {
  for (let at = 0; ;) {
    for (const page of packed) {
      for (const line of inflateRawSync(page).toString().split('\n')) {
        if (at === Number(size)) return;
        const resource = JSON.parse(line) as Resource;
        if (resource.resourceType !== 'Patient' && resource.resourceType !== 'Provenance') yield entryOf(resource, `n${at++}`);
      }
    }
  }
}

const memory = (): number => { globalThis.gc?.(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
const before = memory();
let peak = 0;
function* watched(all: Iterable<ViewEntry>): Generator<ViewEntry> {
  yield* all;
  peak = memory();
}

/** In time order, as assessment has them. */
function held(): Iterable<ViewEntry> {
  const all = collectEntries();
  for (const entry of entries()) all.add(entry);
  return all.inOrder();
}
checkPatient(view('p', watched(how === 'held' ? held() : entries())));
const [, resident = '0'] = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'latin1')) ?? []; // KiB: proc(5)
console.log(JSON.stringify({ kept: (peak - before) / 1e6, resident: Number(resident) * 1024 / 1e6 }));
