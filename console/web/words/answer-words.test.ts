import { expect, test } from 'vitest';
import { answerWords } from './answer-words.ts';

test.each([
  ['kind', 'retraction', 'Taken back'], ['step', 'judged', 'Judged'], ['reason', 'erased', 'The patient’s records were destroyed'], ['action', 'score', 'Let through'],
  ['reason', 'Seen in the chart.', 'Seen in the chart.'], ['says', 'release', 'release'],
])('%s: %s', (column, cell, says) => {
  expect(answerWords(column, cell)).toBe(says);
});
