/**
 * What do the integrity rules cost? CPU time a resource at resource and at patient scope, with what
 * loading a compartment costs beside it; the memory of one patient with 100,000 resources; a pair of
 * patients compared. CPU time, not wall time: the machine is shared.
 * Run: node --expose-gc bench/integrity.ts. Needs ../shared/synthea.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ViewEntry } from '../terms/patient-view.ts';
import type { Resource } from '../terms/rule.ts';
import { allRules } from '../validators/integrity/all-rules.ts';
import { checkPatient, runFolds } from '../validators/integrity/check-patient.ts';
import { checkResource } from '../validators/integrity/check-resource.ts';
import { project } from '../validators/integrity/projection.ts';
import { clinicalTime } from '../validators/integrity/reading/clinical-time.ts';
import { demographicsOf, matchScore } from '../validators/integrity/templates/match-score.ts';

const folder = new URL('../../shared/synthea/us-core-6.1.0/', import.meta.url);
const asOf = '2026-11-24T12:00:00Z';
const rounds = 3;

const cpu = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};
const say = (what: string, microseconds: number, count: number): void => console.log(`${(microseconds / count).toFixed(1).padStart(8)} µs  ${what}`);

/** The patient a resource is about; Synthea's Provenance names it among its targets. */
function patientOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id;
  const { subject, patient, target } = resource as { subject?: { reference?: string }; patient?: { reference?: string }; target?: { reference?: string }[] };
  return [subject?.reference, patient?.reference, ...(target ?? []).map((one) => one.reference)].find((one) => one?.startsWith('Patient/') === true)?.slice(8);
}

const entryOf = (resource: Resource, id = resource.id ?? ''): ViewEntry =>
  ({ version: `${resource.resourceType}/${id}`, type: resource.resourceType, id, time: clinicalTime(resource), fields: project(resource), place: 'compartment' });
const view = (patient: string, entries: Iterable<ViewEntry>) => ({ patient, asOf, failedTypes: new Set<string>(), reference: () => 'landed' as const, entries });
const inOrder = (entries: ViewEntry[]): ViewEntry[] => entries.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));

function population(): void {
  const lines = readdirSync(folder).flatMap((name) => gunzipSync(readFileSync(new URL(name, folder))).toString().split('\n').filter((line) => line !== ''));
  let resources: Resource[] = [];
  say('parsing JSON', cpu(() => { resources = lines.map((line) => JSON.parse(line) as Resource); }), lines.length);
  const compartments = Map.groupBy(resources, (resource) => patientOf(resource) ?? '');
  compartments.delete('');
  const inside = [...compartments.values()].reduce((sum, one) => sum + one.length, 0);
  for (let round = 1; round <= rounds; round++) {
    const last = round === rounds;
    const resource = cpu(() => { for (const one of resources) checkResource(one, { asOf }); });
    let [loading, patient] = [0, 0];
    // One compartment after the other, none kept: as the assessment does it.
    for (const [id, own] of compartments) {
      let entries: ViewEntry[] = [];
      loading += cpu(() => { entries = inOrder(own.map((one) => entryOf(one))); });
      patient += cpu(() => { checkPatient(view(id, entries)); });
    }
    if (!last) continue;
    say(`resource scope, all ${allRules.filter((rule) => rule.scope === 'resource').length} rules`, resource, resources.length);
    say('clinical time, projection and order of a compartment', loading, inside);
    say(`patient scope, all ${allRules.filter((rule) => rule.scope === 'patient').length} rules, notes parsed`, patient, inside);
    say('both scopes: what all rules cost a resource', resource / resources.length + patient / inside, 1);
  }
  alone(compartments);
  largePatient(resources);
  pairs(resources);
}

/** The dearest rules, each alone: what templates share is counted in each. */
function alone(compartments: ReadonlyMap<string, Resource[]>): void {
  const inside = [...compartments.values()].reduce((sum, one) => sum + one.length, 0);
  const costs = allRules.filter((rule) => rule.scope === 'patient').map((rule) => {
    const views = [...compartments].map(([patient, own]) => view(patient, inOrder(own.map((one) => entryOf(one)))));
    return { rule: rule.id, cost: cpu(() => { for (const one of views) runFolds([rule], [], one); }) };
  });
  for (const { rule, cost } of costs.sort((a, b) => b.cost - a.cost).slice(0, 8)) say(`  alone: ${rule}`, cost, inside);
}

function largePatient(resources: readonly Resource[]): void {
  const size = 100_000;
  const clinical = resources.filter((one) => one.resourceType !== 'Patient' && one.resourceType !== 'Provenance');
  // Other ids and nothing kept: as a store would stream them.
  const entries = function* (): Generator<ViewEntry> {
    for (let at = 0; at < size; at++) yield entryOf(clinical[at % clinical.length] as Resource, `n${at}`);
  };
  const base = memory();
  let peak = 0;
  const watched = function* (): Generator<ViewEntry> {
    let at = 0;
    for (const entry of entries()) {
      if (++at % 10_000 === 0) peak = Math.max(peak, memory());
      yield entry;
    }
    peak = Math.max(peak, memory());
  };
  checkPatient(view('p', watched()));
  console.log(`${((peak - base) / 1e6).toFixed(0).padStart(8)} MB  held by the rules for one patient with ${size} resources${globalThis.gc === undefined ? ' (without --expose-gc: with garbage)' : ''}`);
}
const memory = (): number => { globalThis.gc?.(); return process.memoryUsage().heapUsed; };

function pairs(resources: readonly Resource[]): void {
  const people = resources.filter((one) => one.resourceType === 'Patient').map((one) => demographicsOf(one as object));
  const count = people.length ** 2 * 50;
  say('a pair of patients compared', cpu(() => { for (let times = 0; times < 50; times++) for (const one of people) for (const other of people) matchScore(one, other); }), count);
}

if (existsSync(folder)) population();
else console.log('../shared/synthea is not here: nothing to measure.');
