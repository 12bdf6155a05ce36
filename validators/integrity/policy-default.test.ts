import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import policy from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import schema from '../../fhir-profiles/policy/schema.json' with { type: 'json' };
import { allRules } from './all-rules.ts';

const answered = Object.keys(policy.rules).sort();
const asked = allRules.flatMap((rule) => [rule.id, ...Object.keys(rule.variants ?? {}).map((variant) => `${rule.id}/${variant}`)]).sort();

test('the seed fits its schema', () => {
  const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);
  expect(validate(policy) ? [] : validate.errors).toEqual([]);
});

test('every rule and variant has an answer, and every answer a rule', () => {
  expect(answered).toEqual(asked);
});

test('a case goes to the rule’s own owner', () => {
  for (const rule of allRules) expect({ id: rule.id, owner: policy.rules[rule.id as keyof typeof policy.rules].owner }).toEqual({ id: rule.id, owner: rule.owner });
});
