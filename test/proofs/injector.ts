/**
 * `npm run proof -- injector`: a second injector, written from the catalogue's text alone, plants its defects into the older Synthea population of
 * ../shared and, in the habits of another system, into the shipped sample; every rule is asked about each.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sampleFolders } from '../../sandbox/server.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { allInjected, injectionGround } from '../support/injector/all-injected.ts';
import { groundOf, measureInjected } from '../support/injector/measure-injected.ts';
import { openProof } from '../support/proof.ts';

const proof = await openProof('injector');
const older = join(import.meta.dirname, '..', '..', '..', 'shared', 'synthea', 'r4-2019');
const grounds = [
  ...(existsSync(older) ? [{ name: 'R4, Synthea of 2019', folders: [older], habits: 'as they are' as const }] : []),
  { name: 'the shipped sample, in other habits', folders: [sampleFolders[0] ?? ''], habits: 'in other habits' as const },
];
type Row = { rule: string; planted: number; found: number; near: number; alarms: number; elsewhere: number; missed: string[]; others: Record<string, number> };

const measured: Row[] = [];
for (const { name, folders, habits } of grounds) {
  measured.push(...await proof.step(name, async () => {
    const ground = groundOf(injectionGround(folders, habits));
    return allInjected.map((defect): Row => {
      const { rule, plants, missed, alarms, others } = measureInjected(ground, defect, Math.ceil(20 / defect.forms.length));
      const wrong = plants.filter((one) => one.wrong);
      const byRule: Record<string, number> = {};
      for (const one of others.filter((other) => other.wrong)) byRule[one.rule] = (byRule[one.rule] ?? 0) + 1;
      return { rule, planted: wrong.length, found: wrong.length - missed.length, near: plants.length - wrong.length, alarms: alarms.filter(({ form }) => form !== 'not planted').length,
        elsewhere: alarms.filter(({ form }) => form === 'not planted').length, missed: missed.map(({ form }) => form), others: byRule };
    });
  }));
}
const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
const rules = allInjected.map(({ rule }) => {
  const own = measured.filter((row) => row.rule === rule);
  const [planted, found, near, alarms, elsewhere] = [sum(own, (row) => row.planted), sum(own, (row) => row.found), sum(own, (row) => row.near), sum(own, (row) => row.alarms), sum(own, (row) => row.elsewhere)];
  const others: Record<string, number> = {};
  for (const row of own) for (const [other, count] of Object.entries(row.others)) others[other] = (others[other] ?? 0) + count;
  return { rule, kind: allRules.find(({ id }) => id === rule)?.kind ?? 'compute', planted, found, near, alarms, elsewhere, recall: found / planted, precision: found / (found + alarms), missed: own.flatMap((row) => row.missed), others };
});
const short = rules.filter(({ kind, recall, precision }) => Math.min(recall, precision) < (kind === 'judge' ? 0.9 : 0.99));
await proof.tell({
  title: 'A second injector', holds: short.length === 0 && rules.every(({ planted }) => planted >= 25),
  lines: [
    `Other codes, other units, other types and paths than sandbox/defects/ has, in ${grounds.map(({ name }) => name).join(' and in ')}; to both come 90 stays of a hospital of its own with claims, notes, orders and results. *Near misses* look like the defect and are in order; a finding on one is a false alarm. *Elsewhere*: found in the same chart where nothing was planted, since the planting made it true there too (a birth date moved, a patient who died).`, '',
    `**${sum(measured, (row) => row.planted)} planted, ${sum(measured, (row) => row.found)} found; ${sum(measured, (row) => row.near)} near misses, ${sum(measured, (row) => row.alarms)} false alarms.**`, '',
    '| rule | | planted | found | near misses | false alarms | elsewhere | recall | precision |', '|---|---|---|---|---|---|---|---|---|',
    ...rules.map((row) => `| ${row.rule} | ${row.kind === 'judge' ? 'judges' : 'computes'} | ${row.planted} | ${row.found} | ${row.near} | ${row.alarms} | ${row.elsewhere} | ${row.recall.toFixed(3)} | ${row.precision.toFixed(3)} |`), '',
    ...(short.length === 0 ? [] : ['## Short', '', ...short.map(({ rule, missed }) => `- ${rule}: ${[...new Set(missed)].join('; ') || 'near misses that fired'}`), '']),
    '## Which other rules speak of the same resource', '', 'A planted record may break more than one rule, and then each says so; docs/rules-together.md says why for every pair.', '',
    '| planted for | also found (of the planted) |', '|---|---|',
    ...rules.filter(({ others }) => Object.keys(others).length > 0).map(({ rule, others }) => `| ${rule} | ${Object.entries(others).sort((a, b) => b[1] - a[1]).map(([other, count]) => `${other} ${count}`).join(', ')} |`),
  ],
});
