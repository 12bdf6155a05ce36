/**
 * What do the integrity rules cost? CPU time a resource at resource and at patient scope, with what
 * loading a compartment costs beside it; the memory of one patient with 100,000 resources; a pair of
 * patients compared. CPU time, not wall time: the machine is shared.
 * Run: npm run bench -- integrity. Needs ../shared/synthea.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ViewEntry } from '../terms/patient-view.ts';
import type { Resource } from '../terms/rule.ts';
import { allRules } from '../validators/integrity/all-rules.ts';
import { checkPatient, runFolds } from '../validators/integrity/check-patient.ts';
import { checkResource } from '../validators/integrity/check-resource.ts';
import { demographicsOf, matchScore } from '../validators/integrity/templates/match-score.ts';
import { asOf, entryOf, folder, pagesOfLines, view } from './integrity/population.ts';

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

const inOrder = (entries: ViewEntry[]): ViewEntry[] => entries.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));

function population(): void {
  const lines = [...pagesOfLines(500)].flat();
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
  largePatient();
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

/** In processes of their own: what a process grew to before stays with it. */
function largePatient(): void {
  const program = fileURLToPath(new URL('./integrity/large-patient.ts', import.meta.url));
  const ask = (flags: readonly string[], ...args: readonly string[]): { kept: number; resident: number } => {
    const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, ...flags, program, ...args], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as { kept: number; resident: number };
  };
  const megabytes = (what: string, value: number): void => console.log(`${value.toFixed(0).padStart(8)} MB  ${what}`);
  megabytes('kept by the rules of one patient with 100,000 resources (heap after a forced collection)', ask(['--expose-gc'], 'streamed').kept);
  megabytes('kept by them and by the view that assessment goes through in order', ask(['--expose-gc'], 'held').kept);
  megabytes('  grown to by a process that does so, garbage and all (VmHWM, less that of one with 10 resources)', ask([], 'held').resident - ask([], 'held', '10').resident);
}

function pairs(resources: readonly Resource[]): void {
  const people = resources.filter((one) => one.resourceType === 'Patient').map((one) => demographicsOf(one as object));
  const count = people.length ** 2 * 50;
  say('a pair of patients compared', cpu(() => { for (let times = 0; times < 50; times++) for (const one of people) for (const other of people) matchScore(one, other); }), count);
}

if (existsSync(folder)) population();
else console.log('../shared/synthea is not here: nothing to measure.');
