import { beforeAll, describe, expect, test } from 'vitest';
import { exactResourceOf } from '../../sandbox/store.ts';
import type { JsonObject } from '../../sandbox/json-exact.ts';
import { purposes } from '../../terms/purpose.ts';
import { testProduct } from '../support/product.ts';
import { readFeed } from '../support/read-feed.ts';

const { db, sandbox, run, reconciled } = await testProduct();
const first = await run();

type Row = { type: string; id: string };
/** What is released for the purpose by its verdict, from rows. */
const released = async (purpose: string): Promise<string[]> => (await db.query<Row>(
  `select v.type, v.logical_id as id from version v join verdict d on d.version_id = v.id and d.current
    where v.head and not v.deletion and $1 = any (d.purposes) and d.outcome in ('release', 'release-with-flags')`, [purpose]))
  .rows.map(({ type, id }) => `${type}/${id}`).sort();

const currentVerdicts = async (type: string, id: string) => (await db.query<{ outcome: string; purposes: string[]; cleared: string[]; rules: string[] }>(
  `select d.outcome, d.purposes, d.cleared, array(select a.findings -> i ->> 'rule' from unnest(d.because) as i) as rules
     from version v join verdict d on d.version_id = v.id and d.current join assessment a on a.id = d.assessment_id
    where v.type = $1 and v.logical_id = $2 and v.head`, [type, id])).rows;

const head = (type: string, id: string): JsonObject => {
  const version = sandbox.store.head(type, id);
  if (version === undefined) throw new Error('the sandbox has no such resource');
  return exactResourceOf(version);
};
const put = (resource: JsonObject) => sandbox.put({ ...resource, resourceType: String(resource['resourceType']), id: String(resource['id']) });
const referenced = (resource: JsonObject, element: string): string =>
  String((resource[element] as JsonObject | undefined)?.['reference']).split('/')[1] ?? '';

describe('the first run', () => {
  test('completes, and nothing is lost or counted twice', async () => {
    expect(first.state).toBe('completed');
    const { received, became, balances } = await reconciled(first.run);
    expect(balances).toBe(true);
    const served = sandbox.store.types().reduce((total, type) => total + [...sandbox.store.current(type)].length, 0);
    // One record comes with the version before its last.
    expect(sandbox.store.exportedInFull.size).toBe(1);
    expect(received.exported).toBe(served + 1 + sandbox.store.looseLines.length);
    expect(became.quarantined).toBe(sandbox.store.looseLines.length);
  });

  test.for(purposes)('the feed for %s is what is released, byte for byte as the EHR serves it', async (purpose) => {
    const lines = await readFeed(db, purpose);
    expect(lines.filter((line) => line.kind !== 'release')).toEqual([]);
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.map(({ type, id }) => `${type}/${id}`).sort()).toEqual(await released(purpose));
    const different = lines.filter(({ type, id, value }) =>
      value === undefined || sandbox.store.head(type, id)?.bytes?.equals(Buffer.from(value)) !== true);
    expect(different.map(({ type, id }) => `${type}/${id}`)).toEqual([]);
  });
});

/** What a hospital does between two runs, the second run, and what the feed for care says of it. */
async function changesAndSecondRun() {
  const label = sandbox.labels.find(({ rule, type }) => rule === 'reference-dangling' && type === 'DiagnosticReport');
  const dangling = { type: 'DiagnosticReport', id: label?.id ?? '' };
  const before = await currentVerdicts(dangling.type, dangling.id);

  // The encounter that was nowhere arrives: an ordinary one of the same patient, under the id that was missing.
  const report = head('DiagnosticReport', dangling.id);
  const patient = referenced(report, 'subject');
  const encounters = [...sandbox.store.current('Encounter')].map(exactResourceOf);
  const model = encounters.find((encounter) => referenced(encounter, 'subject') === patient);
  const late = { ...model, resourceType: 'Encounter', id: referenced(report, 'encounter') };

  // An encounter turns out to be another patient's; what names it stays filed under the first.
  const observations = [...sandbox.store.current('Observation')].map(exactResourceOf);
  const releasedForCare = new Set(await released('care'));
  const candidate = observations.find((observation) => {
    const encounter = referenced(observation, 'encounter');
    return encounter !== '' && encounter !== 'undefined' && referenced(observation, 'subject') !== patient
      && releasedForCare.has(`Observation/${String(observation['id'])}`) && releasedForCare.has(`Encounter/${encounter}`);
  }) ?? {};
  const moved = head('Encounter', referenced(candidate, 'encounter'));

  const changed = observations.find((one) => releasedForCare.has(`Observation/${String(one['id'])}`) && one['id'] !== candidate['id']
    && referenced(one, 'encounter') !== moved['id'] && referenced(one, 'subject') === patient) ?? {};
  const removed = observations.findLast((one) => releasedForCare.has(`Observation/${String(one['id'])}`) && one['id'] !== candidate['id']
    && one['id'] !== changed['id']) ?? {};

  put(late);
  put({ ...moved, subject: { reference: `Patient/${patient}` } });
  put({ ...changed, note: [{ text: 'Read again.' }] });
  sandbox.remove('Observation', String(removed['id']));
  const told = (await readFeed(db, 'care')).at(-1)?.sequence ?? 0;
  const second = await run();
  const news = await readFeed(db, 'care', told);
  return { dangling, before, late, candidate, moved, changed, removed, second, news };
}

describe('the second run', () => {
  let done: Awaited<ReturnType<typeof changesAndSecondRun>>;
  beforeAll(async () => { done = await changesAndSecondRun(); });

  test('lands only what changed', async () => {
    const { second, late, moved, changed, removed } = done;
    expect(second.state).toBe('completed');
    const { became, balances } = await reconciled(second.run);
    expect(balances).toBe(true);
    expect(became).toMatchObject({ landed: 3, deletionsApplied: 1, quarantined: 0 });
    const { rows } = await db.query<Row>('select type, logical_id as id from version where run_id = $1 order by type, id', [second.run]);
    expect(rows.map(({ type, id }) => `${type}/${id}`).sort()).toEqual([
      `Encounter/${String(late.id)}`, `Encounter/${String(moved['id'])}`, `Observation/${String(changed['id'])}`, `Observation/${String(removed['id'])}`,
    ].sort());
  });

  test('the feed has the new version with its bytes, and a retraction of the deleted one', () => {
    const { changed, removed, news } = done;
    const bytes = sandbox.store.head('Observation', String(changed['id']))?.bytes?.toString();
    expect(news.filter(({ id }) => id === changed['id'])).toMatchObject([{ kind: 'release', value: bytes }]);
    expect(news.filter(({ kind }) => kind === 'retraction')).toMatchObject([{ type: 'Observation', id: removed['id'], reason: 'deleted' }]);
  });

  test('what was held for a missing reference is released now that it came, and the verdict says what cleared it', async () => {
    const { before, dangling, second } = done;
    expect(before.filter(({ outcome }) => outcome === 'hold')).toMatchObject([{ rules: ['reference-dangling'] }]);
    const after = await currentVerdicts(dangling.type, dangling.id);
    expect(after.filter(({ outcome }) => outcome === 'hold')).toEqual([]);
    expect(after.flatMap(({ cleared }) => cleared)).toContain('reference-dangling');
    const { rows } = await db.query(
      `select 1 from feed_entry where run_id = $1 and type = $2 and logical_id = $3 and purpose = 'training' and kind = 'release'`,
      [second.run, dangling.type, dangling.id]);
    expect(rows.length).toBe(1);
  });

  test('what was released and fails now waits for a person; nothing takes it back by itself', async () => {
    const { candidate, news } = done;
    expect(await currentVerdicts('Observation', String(candidate['id'])))
      .toMatchObject([{ outcome: 'hold', rules: expect.arrayContaining(['reference-subject-mismatch']) }]);
    const { rows } = await db.query<{ state: string; retraction: boolean; rule: string }>(
      `select e.rule, e.state, e.retraction from exception e join exception_member m on m.exception_id = e.id join version v on v.id = m.version_id
        where v.type = 'Observation' and v.logical_id = $1 and v.head and m.state = 'waiting'`, [candidate['id']]);
    expect(rows).toContainEqual({ rule: 'reference-subject-mismatch', state: 'open', retraction: true });
    expect(news.filter(({ id }) => id === candidate['id'])).toEqual([]);
  });
});
