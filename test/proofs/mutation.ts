/**
 * `npm run proof -- mutation [--every N] [RULE…]`: each rule's conditions are broken one at a time; its table of cases must fail, or the defects
 * planted for it must no longer all be found. `--every N`: each Nth mutant only,
 * against the tables alone.
 */
import type { Rule } from '../../terms/rule.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { loadBase, measurable, measure } from '../support/measure-defect.ts';
import { mutateRule, type Also, type Outcome } from '../support/mutation/run-mutants.ts';
import { openProof } from '../support/proof.ts';

const proof = await openProof('mutation', { every: { type: 'string', default: '1' } });
const asked = proof.args;
const every = Number(proof.options['every']);
const whole = every === 1 && asked.length === 0;
const base = every === 1 ? loadBase() : undefined;

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

const outcomes: Outcome[] = [];
for (const { id } of allRules.filter(({ id: one }) => asked.length === 0 || asked.some((name) => one.includes(name)))) {
  outcomes.push(await proof.step(id, () => mutateRule(id, every, byDefects(id))));
}
const sum = (figures: readonly number[]): number => figures.reduce((total, one) => total + one, 0);
const [killed, survived] = [sum(outcomes.map((one) => one.killed)), sum(outcomes.map((one) => one.survived.length))];
const share = (part: number, of: number): string => (of === 0 ? '' : `${((part / of) * 100).toFixed(1)}%`);
await proof.tell({
  title: 'Every rule mutated', holds: true, written: whole,
  lines: [
    `Each condition of each rule.ts is broken once: comparisons and arithmetic turned round, *and* for *or*, a *not* dropped, a test negated, *some* for *every*. A mutant is noticed when the rule's table of cases fails, or when the planted defects are found otherwise than before. Rules that are one row of a template have no condition of their own.`, '',
    `**${killed} of ${killed + survived} noticed (${share(killed, killed + survived)}).**`, '', '| rule | noticed | |', '|---|---|---|',
    ...outcomes.map((one) => `| ${one.rule} | ${one.killed} of ${one.killed + one.survived.length} | ${share(one.killed, one.killed + one.survived.length)} |`), '', '## Not noticed', '',
    ...outcomes.flatMap((one) => one.survived.map(({ line, was, becomes }) => `- ${one.rule}, line ${line}: \`${was.replace(/\s+/g, ' ').slice(0, 60)}\` as \`${becomes.replace(/\s+/g, ' ').slice(0, 60)}\``)),
  ],
});
