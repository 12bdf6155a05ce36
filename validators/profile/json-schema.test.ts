import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { core } from './catalog.ts';
import { jsonSchema } from './json-schema.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);

const good = {
  resourceType: 'Observation', id: 'a', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, subject: { reference: 'Patient/b' },
  effectiveDateTime: '2020-01-01', valueQuantity: { value: 1, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  component: [{ code: { text: 'part' }, valueString: 'x', referenceRange: [{ text: 'to 5' }] }],
};
/** Structural rules only: what the schema can say too. */
const structural = new Set(['profile-cardinality', 'profile-json-shape', 'profile-unknown-property', 'profile-primitive-format', 'profile-choice', 'terminology-binding']);

describe('the exported JSON Schema agrees with the generated code on structure', () => {
  const changes: readonly [string, (o: Record<string, unknown>) => unknown][] = [
    ['as it is', (o) => o], ['required element absent', ({ status: _, ...o }) => o], ['unknown property', (o) => ({ ...o, nmae: 1 })],
    ['two choices', (o) => ({ ...o, valueString: 'x' })], ['no list', (o) => ({ ...o, component: o['component'] instanceof Array ? o['component'][0] : {} })],
    ['a list', (o) => ({ ...o, status: ['final'] })], ['empty list', (o) => ({ ...o, component: [] })], ['wrong JSON type', (o) => ({ ...o, status: 7 })],
    ['code outside its binding', (o) => ({ ...o, status: 'done' })], ['bad date', (o) => ({ ...o, effectiveDateTime: '2020-13-01' })],
    ['unknown property deep', (o) => ({ ...o, code: { coding: [{ systen: 'x' }] } })], ['by content reference', (o) => ({ ...o, component: [{ code: { text: 'x' }, referenceRange: [{ txt: 'x' }] }] })],
    ['sibling alone', (o) => ({ ...o, _status: { extension: [{ url: 'http://a.example/b', valueString: 'c' }] } })], ['empty object', (o) => ({ ...o, code: {} })],
  ];
  it.each(changes)('%s', (_name, change) => {
    const schema = jsonSchema(validator.program.catalog, validator.program.terminology, `${core}Observation`)!;
    const check = new Ajv2020({ strict: false }).compile(schema);
    const changed = change(structuredClone(good) as Record<string, unknown>);
    const errors = validator.validate(Buffer.from(JSON.stringify(changed))).filter((f) => f.severity === 'error' && structural.has(f.rule));
    expect(check(changed)).toBe(errors.length === 0);
  });

  it('covers every concrete resource type and compiles', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const name of ['Patient', 'Bundle', 'Questionnaire', 'ExplanationOfBenefit', 'Parameters']) ajv.compile(jsonSchema(validator.program.catalog, validator.program.terminology, core + name)!);
  }, 60_000);
});
