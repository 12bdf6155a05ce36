import { expect, test } from 'vitest';
import type { Policy } from '../requests/policy.ts';
import { differences, withAction } from './policy-difference.ts';

const policy: Policy = {
  name: 'p', rules: { future: { action: 'hold', by: { training: 'exclude' }, priority: 5 } }, unevaluated: { action: 'score' }, onNewerHeld: 'keep', undoSeconds: 10,
  bySeverity: { fatal: { action: 'exclude' }, error: { action: 'hold' }, warning: { action: 'flag' }, information: { action: 'score' } },
};

test('another answer for one purpose leaves the others, and what is equal for all is written once', () => {
  const once = withAction(policy.rules['future']!, 'payment', 'flag');
  expect(once).toEqual({ action: 'hold', by: { payment: 'flag', training: 'exclude' }, priority: 5 });
  expect(withAction(withAction(once, 'payment', 'hold'), 'training', 'hold')).toEqual({ action: 'hold', priority: 5 });
});

test('a proposal in words', () => {
  const proposed = { ...policy, undoSeconds: 30, rules: { future: withAction(policy.rules['future']!, 'payment', 'flag'), more: { action: 'hold' as const } } };
  expect(differences(policy, proposed, (rule) => rule)).toEqual([
    'future: hold for a person → release with a flag (Payment)',
    'more: as its severity says → hold for a person (Care, Quality, Payment, Research, Training)',
    'A decision can be undone for 30 instead of 10 seconds.']);
  expect(differences(policy, policy, (rule) => rule)).toEqual([]);
});
