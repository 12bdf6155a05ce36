import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { ruleSetOf } from './rule-set.ts';

test('a rule set names every rule and every form of it with its version, and is named by the hash of its parts', async () => {
  const { hash, parts } = await ruleSetOf({ 'hl7.fhir.us.core@6.1.0': 'ab' });
  for (const { id, version, variants = {} } of allRules) {
    for (const name of [id, ...Object.keys(variants).map((variant) => `${id}/${variant}`)]) expect(parts[`rule ${name}`], name).toBe(String(version));
  }
  expect(parts['package hl7.fhir.us.core@6.1.0']).toBe('ab');
  const lines = Object.keys(parts).sort().map((name) => `${name}\n${parts[name]}\n`);
  expect(createHash('sha256').update(lines.join('')).digest('hex')).toBe(hash);
});
