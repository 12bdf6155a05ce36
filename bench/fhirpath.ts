/**
 * How fast are invariants? All of R4 core's, each on the nodes of its type, over Synthea's resources:
 * generated code, the closures alone, and the npm package `fhirpath`. Parsing of JSON and finding the
 * nodes are outside the measurement; compilation is reported apart.
 * Run: node bench/fhirpath.ts [resource type]
 */
import fhirpath, { type Model as PeerModel } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { invariantsOf, placesOf, sampled } from '../test/conformance/fhirpath-invariants.ts';
import { r4Definitions, r4Model } from '../test/conformance/fhirpath-suite.ts';
import { compileBoolean, interpretBoolean } from '../validators/fhirpath/compile.ts';
import type { Environment, Json, JsonObject } from '../validators/fhirpath/environment.ts';
import { parse } from '../validators/fhirpath/parse.ts';

type Run = (node: Json | undefined, env: Environment, extra?: JsonObject) => unknown;
type Task = { readonly runs: readonly Run[]; readonly value: Json | undefined; readonly extra: JsonObject | undefined; readonly env: Environment };

const [wanted] = process.argv.slice(2);
const model = r4Model();
const invariants = invariantsOf(r4Definitions(), model);

/** One pass over the tasks in ms, the best of so many; errors count as answers. */
const best = (tasks: readonly Task[], passes: number): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    for (const { runs, value, extra, env } of tasks) {
      for (const run of runs) {
        try {
          run(value, env, extra);
        } catch {
          // an answer too
        }
      }
    }
    least = Math.min(least, performance.now() - start);
  }
  return least;
};

const tasksFor = (roots: readonly JsonObject[], compile: (type: string, expression: string) => Run): Task[] => {
  const byType = new Map<string, Run[]>();
  const of = (type: string): Run[] => {
    const known = byType.get(type) ?? invariants.filter((one) => one.type === type).map(({ expression }) => compile(type, expression));
    byType.set(type, known);
    return known;
  };
  return roots.flatMap((root) =>
    [...placesOf(root, model)].filter(({ value }) => value !== undefined).map(({ type, value, extra, resource }) => ({ runs: of(type), value, extra, env: { resource, rootResource: root } })));
};

const peer = (type: string, expression: string): Run => {
  const run = fhirpath.compile({ base: type, expression }, r4 as PeerModel, { traceFn: () => undefined }) as unknown as (node: unknown, variables: object) => unknown;
  return (node, { resource, rootResource }) => run(node, { resource, rootResource });
};

for (const population of ['r4-2019', 'us-core-6.1.0'] as const) {
  const all = sampled(population, 300).filter(({ resourceType }) => wanted === undefined || resourceType === wanted);
  for (const [type, group] of [['all types', all] as const, ...Object.entries(Object.groupBy(all, ({ resourceType }) => String(resourceType)))]) {
    const roots = group ?? [];
    if (roots.length === 0 || (type === 'all types' && wanted !== undefined)) continue;
    const start = performance.now();
    const ours = tasksFor(roots, (context, expression) => compileBoolean(expression, { model, contextType: context }));
    const compiled = performance.now() - start;
    const closures = tasksFor(roots, (context, expression) => interpretBoolean(parse(expression), { model, contextType: context }));
    const few = roots.slice(0, 30);
    const theirs = tasksFor(few, peer);
    const evaluations = ours.reduce((sum, { runs }) => sum + runs.length, 0);
    const per = (ms: number, count: number): number => (1000 * ms) / count;
    const [generated, interpreted, package_] = [per(best(ours, 7), roots.length), per(best(closures, 3), roots.length), per(best(theirs, 2), few.length)];
    const fairly = per(best(ours.slice(0, theirs.length), 7), few.length);
    console.log(`${population} ${type}: ${roots.length} resources, ${(evaluations / roots.length).toFixed(0)} evaluations each (set up in ${compiled.toFixed(0)} ms); µs a resource: generated ${generated.toFixed(2)}, closures ${interpreted.toFixed(1)}, fhirpath ${package_.toFixed(0)}; ${(package_ / fairly).toFixed(0)} times as fast as the package`);
  }
}
