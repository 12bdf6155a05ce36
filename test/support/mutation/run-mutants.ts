import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { collected } from './collected-tests.ts';
import { mutantsOf, type Mutant } from './mutants.ts';

const integrity = join(import.meta.dirname, '..', '..', '..', 'validators', 'integrity');
export type Outcome = { readonly rule: string; readonly killed: number; readonly survived: readonly Mutant[] };

let round = 0;
let broken: { readonly url: string; readonly source: string } | undefined;
const shim = pathToFileURL(join(import.meta.dirname, 'collected-tests.ts')).href;

// vitest is replaced by what collects tests; a rule and what stands between it and the broken file are loaded anew each round.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'vitest') return { url: shim, shortCircuit: true };
    const resolved = next(specifier, context);
    return isAnew(resolved.url) ? { ...resolved, url: `${resolved.url}?round=${round}` } : resolved;
  },
  load(url, context, next) {
    if (broken !== undefined && url.startsWith(`${broken.url}?`)) return { format: 'module', source: stripTypeScriptTypes(broken.source), shortCircuit: true };
    return next(url, context);
  },
});

let anew: ReadonlySet<string> = new Set();
const isAnew = (url: string): boolean => anew.has(url);
const urlOf = (path: string): string => pathToFileURL(path).href;

/** Whether the tests of the rule fail. */
async function fails(rule: string): Promise<boolean> {
  round++;
  try {
    await import(`${urlOf(join(integrity, rule, 'rule.test.ts'))}?round=${round}`);
    const tests = collected();
    return tests.length === 0 || tests.some(({ run }) => { try { run(); return false; } catch { return true; } });
  } catch {
    collected();
    return true;
  }
}

/** A second chance to notice: whether the rule, as an export of its module, fails in another way. */
export type Also = (module: Readonly<Record<string, unknown>>) => boolean;

/**
 * The conditions of one rule's file broken one at a time, each against the rule's own table of cases, and what that misses against `also`.
 * @param every takes each so-manieth mutant only
 */
export async function mutateRule(rule: string, every = 1, also?: Also): Promise<Outcome> {
  const path = join(integrity, rule, 'rule.ts');
  anew = new Set([urlOf(path)]);
  broken = undefined;
  if (await fails(rule)) throw new Error(`The tests of ${rule} fail without a mutation.`);
  const survived: Mutant[] = [];
  const mutants = mutantsOf(path, readFileSync(path, 'utf8')).filter((_, index) => index % every === 0);
  for (const mutant of mutants) {
    broken = { url: urlOf(path), source: mutant.source };
    if (await fails(rule)) continue;
    if (also === undefined || !noticed(also, await import(`${urlOf(path)}?round=${round}`) as Record<string, unknown>)) survived.push(mutant);
  }
  broken = undefined;
  return { rule, killed: mutants.length - survived.length, survived };
}

function noticed(also: Also, module: Readonly<Record<string, unknown>>): boolean {
  try {
    return also(module);
  } catch {
    return true;
  }
}
