import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import example from '../../fhir-profiles/own/model-registry.example.json' with { type: 'json' };
import schema from '../../fhir-profiles/own/model-registry.schema.json' with { type: 'json' };
import type { ModelRegistry } from '../../terms/model-registry.ts';

const ajv = new Ajv({ strict: true, allErrors: true });
formats.default(ajv);
const validate = ajv.compile<ModelRegistry>(schema);

test('the example fits', () => {
  expect(validate(example) ? [] : validate.errors).toEqual([]);
});

test.each<[string, object]>([
  ['no verification', { verification: undefined }], ['a confidence in percent', { confidenceFloor: 80 }],
  ['approved by nobody', { approvedBy: '' }], ['a date in words', { approvedFrom: 'January' }], ['something unknown', { trust: 'full' }],
])('%s does not', (_, change) => {
  expect(validate(JSON.parse(JSON.stringify({ ...example, models: [{ ...example.models[0], ...change }] })))).toBe(false);
});
