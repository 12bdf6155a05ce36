import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { asker, exceptionStage, heldCase, signature, view } from '../../test/support/held-cases.ts';
import { sequence } from '../sequence.ts';
import { answerQuestion } from './all-questions.ts';

const { db } = await testDatabase();
const ask = asker(db, exceptionStage(db));
const answer = async (name: string, given: Record<string, string>) => (await answerQuestion(db, name, given)).rows;
let exception: string;
let entry: string;

beforeAll(async () => {
  ({ exception } = await heldCase(db, ['a']));
  await ask(exception, { act: 'decide', view: view({ purposes: ['care'], reason: 'Seen in the chart.', signature }) });
  await ask(exception, { act: 'decide', view: view({ purposes: ['training'], disposition: 'release-with-flag', reason: 'Good enough.' }) }, 'bob');
  while (await sequence(db) > 0);
  entry = (await db.query<{ n: string }>(`select sequence::text as n from feed_entry where purpose = 'care' and kind = 'release'`)).rows[0]!.n;
});

describe('2: an entry names who decided, and what was signed', () => {
  test('those of its purpose alone, with the leaf that proves it', async () => {
    const decided = (await answer('entry', { entry })).filter((row) => row['step'] === 'decided');
    expect(decided).toHaveLength(1);
    expect(decided[0]?.['says']).toBe(`release-as-is of what value-unit-fits found, by ann: “Seen in the chart.”, signed by Ann, RHIA, on ${signature.at}: “I decided this.”`);
    expect(decided[0]?.['leaf']).toBeTypeOf('number');
  });

  test('a decision that was reversed lets a later entry through no more', async () => {
    const { rows: [{ id } = { id: '' }] } = await db.query<{ id: string }>(`select id from decision where by_person = 'ann'`);
    await ask(exception, { act: 'reverse', decision: id, reason: 'It was another patient.', signature }, 'ann', ['steward', 'governor']);
    await ask(exception, { act: 'decide', view: view({ purposes: ['care'], reason: 'Now it is right.' }) }, 'cyd');
    const { rows } = await db.query<{ n: string }>(`select sequence::text as n from feed_entry where purpose = 'care' and kind = 'release' order by sequence`);
    const says = await Promise.all(rows.map(async ({ n }) => (await answer('entry', { entry: n })).filter((row) => row['step'] === 'decided').map((row) => row['says'])));
    expect(says.map((list) => list.length)).toEqual([1, 1]);
    expect(says[0]?.[0]).toContain('by ann');
    expect(says[1]?.[0]).toContain('by cyd: “Now it is right.”, not signed');
  });
});

test('5: what was let through, by person, reason and expiry', async () => {
  const who = async (given: Record<string, string>) => (await answer('waivers', given)).map((row) => `${row['who'] as string} ${row['ended'] as string | null}`).sort();
  expect(await who({})).toEqual(['ann reversed', 'bob null', 'cyd null']);
  expect(await who({ person: 'bob' })).toEqual(['bob null']);
  expect(await who({ reason: 'right' })).toEqual(['cyd null']);
  expect(await who({ until: new Date().toISOString() })).toEqual([]);
  expect(await who({ until: new Date(Date.now() + 60 * 86_400_000).toISOString() })).toHaveLength(3);
  const [bob] = await answer('waivers', { person: 'bob' });
  expect(bob).toMatchObject({ rule: 'value-unit-fits', action: 'flag', purposes: 'training', records: 1, case: exception });
});
