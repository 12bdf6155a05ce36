/**
 * `npm run proof -- mutation [--every N] [RULE…]`: each rule's conditions are broken one at a time; its table of cases must fail, or the defects
 * planted for it must no longer all be found. The whole result is written to docs/proof/mutation.md. `--every N`: each Nth mutant only,
 * against the tables alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Rule } from '../../terms/rule.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { loadBase, measurable, measure } from '../support/measure-defect.ts';
import { mutateRule, type Also } from '../support/mutation/run-mutants.ts';

const { values, positionals: asked } = parseArgs({ options: { every: { type: 'string', default: '1' } }, allowPositionals: true });
const every = Number(values.every);
const whole = every === 1 && asked.length === 0;
const base = every === 1 ? loadBase() : undefined;
const began = performance.now();

/** Whether the planted defects show that the rule is broken: one is missed, or something else is said. */
const byDefects = (id: string): Also | undefined => {
  const known = measurable.find(({ rule }) => rule.id === id);
  if (known === undefined || base === undefined) return undefined;
  const before = measure(base, known);
  return (module) => {
    const rule = Object.values(module).find((one): one is Rule => (one as Rule | undefined)?.id === id);
    if (rule === undefined) return true;
    const { found, planted, falseAlarms } = measure(base, { defect: known.defect, rule });
    return found !== before.found || planted !== before.planted || falseAlarms !== before.falseAlarms;
  };
};

const rows: string[] = [];
const survivors: string[] = [];
let [killed, all] = [0, 0];
for (const { id } of allRules.filter(({ id: one }) => asked.length === 0 || asked.some((name) => one.includes(name)))) {
  const outcome = await mutateRule(id, every, byDefects(id));
  const count = outcome.killed + outcome.survived.length;
  [killed, all] = [killed + outcome.killed, all + count];
  rows.push(`| ${id} | ${outcome.killed} of ${count} | ${count === 0 ? '' : `${Math.round((outcome.killed / count) * 100)}%`} |`);
  survivors.push(...outcome.survived.map(({ line, was, becomes }) => `- ${id}, line ${line}: \`${was.replace(/\s+/g, ' ').slice(0, 60)}\` as \`${becomes.replace(/\s+/g, ' ').slice(0, 60)}\``));
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const text = [
  '# Every rule mutated', '',
  `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${Math.round((performance.now() - began) / 1000)} s. \`npm run proof -- mutation\``, '',
  `Each condition of each rule.ts is broken once: comparisons and arithmetic turned round, *and* for *or*, a *not* dropped, a test negated, *some* for *every*. A mutant is noticed when the rule's table of cases fails, or when the planted defects are found otherwise than before. Rules that are one row of a template have no condition of their own.`, '',
  `**${killed} of ${all} noticed (${((killed / all) * 100).toFixed(1)}%).**`, '', '| rule | noticed | |', '|---|---|---|', ...rows, '', '## Not noticed', '', ...survivors, '',
].join('\n');
if (whole) {
  const folder = join(import.meta.dirname, '..', '..', 'docs', 'proof');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'mutation.md'), text);
}
console.log(text);
