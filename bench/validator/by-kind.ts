import { Session, type Profiler } from 'node:inspector';
import { basename } from 'node:path';

/** By the file that a sample falls in: what is being checked there. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['reading the JSON', /^validator\.ts$/],
  ['scan: duplicate keys, lexemes', /^(scan|lexemes|written-size)\.ts$/],
  ['types, generated (structure, cardinality, primitives)', /^type:/],
  ['primitives', /^(primitives|primitive-findings|temporal)\.ts$/],
  ['codes, bindings, units', /^(binding|code-memo|code-system|value-set|terminology|known-systems|later-codes|ucum)\.ts$/],
  ['references', /^(reference|reference-in-bundle|bundle.*)\.ts$/],
  ['profiles, generated', /^profile:/],
  ['slices, fixed values, patterns', /^(slicing|assign-slices|fixed-value|limit)\.ts$/],
  ['extensions', /^extension\.ts$/],
  ['invariants', /^(invariant.*|native-invariants|fhirpath.*|run-time|interpret|compile|navigate|item|invariant:.*)(\.ts)?$/],
  ['narrative', /^(narrative.*|xhtml)\.ts$/],
  ['resources, contained, special rules', /^(resource|special|vital-signs|attachment|questionnaire.*|conformance.*)\.ts$/],
  ['findings and their paths', /^(run|checker|program|catalog)\.ts$/],
];

const kindOf = ({ url, functionName }: Profiler.ProfileNode['callFrame']): string => {
  if (functionName === '(garbage collector)') return 'garbage collection';
  const name = /^(type|profile|invariant):/.test(url) ? url : basename(url);
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
};

/** Shares of the time that `work` takes, by kind of check: where samples of its stack end. */
export const byKind = (work: () => void): Map<string, number> => {
  const session = new Session();
  session.connect();
  let profile: Profiler.Profile | undefined;
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 200 });
  session.post('Profiler.start');
  work();
  session.post('Profiler.stop', (_error, result) => { profile = result.profile; });
  session.disconnect();
  const kindById = new Map(profile!.nodes.map((node) => [node.id, kindOf(node.callFrame)]));
  const out = new Map<string, number>();
  const samples = profile!.samples ?? [];
  for (const id of samples) { const kind = kindById.get(id)!; out.set(kind, (out.get(kind) ?? 0) + 1 / samples.length); }
  return new Map([...out].sort((a, b) => b[1] - a[1]));
};
