import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import { purposes } from '../../terms/purpose.ts';
import { decide, reachingHolds } from './decide.ts';

const policy: Policy = {
  name: 'test',
  rules: {
    'time-future': { action: 'hold' },
    'identity-overlay': { action: 'hold', priority: 1, reach: 'patient' },
    'ai-unverified': { action: 'score', by: { training: 'exclude' } },
    'reference-dangling': { action: 'flag', by: { training: 'hold' } },
    'profile-invariant/*': { action: 'flag' },
    'privacy-unlabelled': { action: 'hold', priority: 2 },
  },
  bySeverity: { fatal: { action: 'exclude' }, error: { action: 'hold' }, warning: { action: 'flag' }, information: { action: 'score' } },
  unevaluated: { action: 'score' },
  onNewerHeld: 'keep',
  undoSeconds: 10,
};
const finding = (rule: string, more: Partial<Finding> = {}): Finding => ({
  rule, ruleVersion: 1, outcome: 'wrong', scope: 'resource', severity: 'error', code: 'invariant',
  expression: 'Observation', says: 'Something.', evidence: [], cause: '', ...more,
});

describe('decide', () => {
  test('no findings: released for every purpose by one verdict', () => {
    expect(decide([], policy)).toEqual([{ purposes: [...purposes], outcome: 'release', flags: [], because: [] }]);
  });
  test('a care feed carries with a flag what a training feed holds', () => {
    expect(decide([finding('reference-dangling')], policy)).toEqual([
      { purposes: ['care', 'quality', 'payment', 'research'], outcome: 'release-with-flags', flags: ['reference-dangling'], because: [0] },
      { purposes: ['training'], outcome: 'hold', flags: [], because: [0] },
    ]);
  });
  test('the strongest answer wins and names only the findings that made it so; flags stay visible', () => {
    const [verdict] = decide([finding('profile-invariant/bp-1'), finding('time-future')], policy);
    expect(verdict).toMatchObject({ outcome: 'hold', because: [1], flags: ['profile-invariant/bp-1'] });
  });
  test('unknown is answered by its own row, whatever the rule says of what is wrong', () => {
    expect(decide([finding('time-future', { outcome: 'unevaluated' })], policy)[0]).toMatchObject({ outcome: 'release', because: [] });
  });
  test('a rule without a row is answered by severity', () => {
    expect(decide([finding('profile-cardinality', { severity: 'warning' })], policy)[0]?.outcome).toBe('release-with-flags');
  });
  test('a purpose that the label permits is not held', () => {
    const verdicts = decide([finding('privacy-unlabelled', { permits: ['care', 'payment'] })], policy);
    expect(verdicts.find((verdict) => verdict.outcome === 'hold')?.purposes).toEqual(['quality', 'research', 'training']);
  });
  test('a hold that reaches the patient holds a clean version too, and says by which', () => {
    expect(reachingHolds([finding('identity-overlay')], policy)).toEqual([...purposes]);
    const holds = new Map(purposes.map((purpose) => [purpose, '7'] as const));
    expect(decide([], policy, holds)).toEqual([{ purposes: [...purposes], outcome: 'hold', flags: [], because: [], heldBy: '7' }]);
  });
  test('every purpose is in exactly one verdict, and more findings never weaken an outcome', () => {
    const rules = fc.constantFrom(...Object.keys(policy.rules), 'profile-cardinality', 'profile-invariant/x');
    const outcomes = fc.constantFrom('wrong' as const, 'unevaluated' as const);
    const some = fc.array(fc.tuple(rules, outcomes).map(([rule, outcome]) => finding(rule, { outcome })), { maxLength: 6 });
    const strength = { release: 0, 'release-with-flags': 1, hold: 2, exclude: 3 };
    fc.assert(fc.property(some, some, (few, more) => {
      const [before, after] = [decide(few, policy), decide([...few, ...more], policy)];
      expect(after.flatMap((verdict) => verdict.purposes).sort()).toEqual([...purposes].sort());
      for (const purpose of purposes) {
        const outcome = (verdicts: typeof before) => verdicts.find((verdict) => verdict.purposes.includes(purpose))?.outcome ?? 'release';
        expect(strength[outcome(after)]).toBeGreaterThanOrEqual(strength[outcome(before)]);
      }
    }));
  });
});
