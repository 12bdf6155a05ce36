import { expect, test } from 'vitest';
import type { Label } from '../../sandbox/server.ts';
import { exactResourceOf } from '../../sandbox/store.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { testProduct } from '../support/product.ts';

const { db, sandbox, run } = await testProduct();

// What an update did is seen against the version before: the first run meets that one, the second the update.
const updated = sandbox.labels.filter(({ versionId }) => versionId > 1).map(({ type, id }) => sandbox.store.head(type, id));
for (const version of updated) if (version?.previous?.bytes !== undefined) sandbox.store.amend(version.previous, version.previous.bytes);
const { run: first } = await run();
for (const version of updated) {
  if (version !== undefined) sandbox.put({ ...exactResourceOf(version), resourceType: version.type, id: version.id });
}
await run();

/** Of planted defects, as a share. */
const RECALL = 0.99;
const known = new Set(allRules.map((rule) => rule.id));

/** What the program said of the resources: 'Type/id' → the rules that found something, families as far as the slash too. */
async function findings(): Promise<Map<string, Set<string>>> {
  const { rows } = await db.query<{ resource: string; rules: string[] }>(
    `select v.type || '/' || v.logical_id as resource, array_agg(distinct f ->> 'rule') as rules
       from version v join assessment a on a.version_id = v.id and a.current cross join lateral jsonb_array_elements(a.findings) as f
      where v.head and f ->> 'outcome' = 'wrong' group by 1`);
  return new Map(rows.map(({ resource, rules }) => [resource, new Set(rules.flatMap((rule) => [rule, rule.split('/')[0] ?? rule]))]));
}

test('what was planted is found', async () => {
  const found = await findings();
  const { rows: lines } = await db.query<{ code: string }>('select error_code as code from quarantine where run_id = $1', [first]);
  const isFound = ({ rule, type, id: resource }: Label): boolean => {
    if (rule.startsWith('line-')) return lines.some(({ code }) => code === { 'line-not-json': 'ASSAY_LINE_NOT_JSON', 'line-not-resource': 'ASSAY_LINE_NOT_RESOURCE' }[rule]);
    const rules = found.get(`${type}/${resource}`) ?? new Set<string>();
    // A profile's check is named by what it checks; a binding's is of the terminology.
    return rules.has(rule) || (rule.startsWith('profile-') && [...rules].some((one) => /^(profile|terminology)-/.test(one)));
  };
  const planted = Map.groupBy(sandbox.labels.filter(({ wrong }) => wrong), ({ rule }) => rule);
  const table = [...planted].map(([rule, labels]) => {
    const misses = labels.filter((label) => !isFound(label));
    return { rule, planted: labels.length, found: labels.length - misses.length, recall: 1 - misses.length / labels.length, misses };
  });
  console.log(table.map(({ rule, planted: n, found: hit, misses }) =>
    `${rule.padEnd(30)} ${String(hit).padStart(3)} of ${n}${misses.length === 0 ? '' : `  missed ${misses.map(({ type, id: one }) => `${type}/${one}`).join(' ')}`}`).join('\n'));
  expect(table.length).toBeGreaterThan(15);
  expect(table.filter(({ rule, recall }) => (known.has(rule) || /^(profile|line)-/.test(rule)) && recall < RECALL)
    .map(({ rule, planted: n, found: hit }) => `${rule}: ${hit} of ${n}`)).toEqual([]);
});

test('each planted rule is one that exists here, or a check of profiles or lines', () => {
  const rules = new Set(sandbox.labels.map(({ rule }) => rule));
  expect([...rules].filter((rule) => !known.has(rule) && !/^(profile|line)-/.test(rule) && sandbox.labels.some((label) => label.rule === rule && label.wrong))).toEqual([]);
});

test('AI content that is in order is not held', async () => {
  const inOrder = sandbox.labels.filter(({ wrong }) => !wrong);
  expect(inOrder.length).toBeGreaterThan(0);
  const { rows } = await db.query<{ resource: string }>(
    `select v.type || '/' || v.logical_id as resource
       from version v join verdict d on d.version_id = v.id and d.current
      where v.head and d.outcome in ('hold', 'exclude') and 'care' = any (d.purposes) and v.type || '/' || v.logical_id = any ($1)`,
    [inOrder.map(({ type, id }) => `${type}/${id}`)]);
  expect(rows).toEqual([]);
});
