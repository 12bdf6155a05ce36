import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sharedAnswers } from './shared-answer.ts';

test('many who ask at once share one answer; later it is asked anew', async () => {
  let asked = 0;
  const share = sharedAnswers<string>();
  const answer = (key: string) => share(key, async () => { await sleep(20); return `${key}${++asked}`; });
  expect(await Promise.all([answer('a'), answer('a'), answer('b')])).toEqual(['a1', 'a1', 'b2']);
  expect(await answer('a')).toBe('a1');
  await expect.poll(() => answer('a'), { timeout: 2_000 }).toBe('a3');
});

test('a failure is not kept', async () => {
  let asked = 0;
  const share = sharedAnswers<number>();
  const answer = () => share('a', async () => { if (++asked === 1) throw new Error('gone'); return asked; });
  await expect(answer()).rejects.toThrow('gone');
  expect(await answer()).toBe(2);
});
