import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { scan } from './scan.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);
const check = (text: string | Uint8Array) => validator.validate(typeof text === 'string' ? Buffer.from(text) : text);
const rules = (text: string | Uint8Array): string[] => check(text).filter((f) => f.severity !== 'information').map((f) => f.rule);

describe('no input throws, hangs or passes for something else', () => {
  it.each([
    ['nothing', ''], ['no JSON', '{"resourceType":"Patient",'], ['a list', '[1]'], ['null', 'null'], ['a number', '1e999'], ['no type', '{"id":"a"}'], ['a type of wrong kind', '{"resourceType":{}}'],
    ['a type of the prototype', '{"resourceType":"constructor"}'], ['an unknown type', '{"resourceType":"Bogus"}'],
  ])('%s is fatal', (_name, text) => { expect(check(text)[0]).toMatchObject({ severity: 'fatal' }); });

  it('finds duplicate keys, also where one is escaped, and only within one object', () => {
    expect(rules('{"resourceType":"Patient","gender":"male","gender":"female"}')).toContain('profile-json');
    expect(rules('{"resourceType":"Patient","gender":"male","\\u0067ender":"female"}')).toContain('profile-json');
    expect(rules('{"resourceType":"Patient","name":[{"family":"a"},{"family":"b"}]}')).not.toContain('profile-json');
  });
  it('finds a duplicate among very many keys in linear time', () => {
    const keys = Array.from({ length: 200_000 }, (_, i) => `"k${i}":1`).join(',');
    const t = performance.now();
    expect(scan(Buffer.from(`{${keys},"k7":2}`)).duplicates.length).toBe(1);
    expect(performance.now() - t).toBeLessThan(5_000);
  });
  it('names deep nesting', () => {
    const deep = `{"resourceType":"Patient","extension":${'[{"extension":'.repeat(100_000)}[]${'}]'.repeat(100_000)}}`;
    expect(check(deep)[0]).toMatchObject({ severity: 'fatal', rule: 'profile-json' });
  });
  it('takes __proto__ and constructor for unknown properties', () => {
    expect(rules('{"resourceType":"Patient","__proto__":{"active":true}}')).toContain('profile-unknown-property');
    expect(rules('{"resourceType":"Patient","name":[{"constructor":{}}]}')).toContain('profile-unknown-property');
    expect(({} as Record<string, unknown>)['active']).toBeUndefined();
  });
  it('refuses invalid UTF-8', () => { expect(check(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))[0]).toMatchObject({ severity: 'fatal' }); });
  it('tells 1.0 from 1 where an integer belongs, and keeps huge numbers from passing', () => {
    expect(rules('{"resourceType":"Patient","multipleBirthInteger":1.0}')).toContain('profile-primitive-format');
    expect(rules('{"resourceType":"Patient","multipleBirthInteger":1}')).not.toContain('profile-primitive-format');
    expect(rules('{"resourceType":"Patient","multipleBirthInteger":99999999999}')).toContain('profile-primitive-format');
    expect(rules('{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1e999}}')).toContain('profile-primitive-format');
  });
  it('bounds the findings', () => {
    const many = `{"resourceType":"Patient","name":[${Array.from({ length: 20_000 }, () => '{"x":1}').join(',')}]}`;
    expect(check(many).length).toBeLessThanOrEqual(1000);
  }, 30_000);
  it('reads 20 MB', () => {
    const big = `{"resourceType":"Binary","contentType":"text/plain","data":"${'QUJD'.repeat(5_000_000)}"}`;
    expect(check(big).filter((f) => f.severity === 'error')).toEqual([]);
  }, 30_000);
});

describe('mutated resources (fast-check)', () => {
  const sample = { resourceType: 'Observation', id: 'a', meta: { profile: ['http://hl7.org/fhir/StructureDefinition/bp'] }, status: 'final', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] }, subject: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p' }],
    component: [{ code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, valueQuantity: { value: 1.5, code: 'mm[Hg]', system: 'http://unitsofmeasure.org' } }] };
  const paths: (string | number)[][] = [];
  const walk = (value: unknown, at: (string | number)[]): void => {
    if (at.length > 0) paths.push(at);
    if (Array.isArray(value)) value.forEach((v, i) => walk(v, [...at, i]));
    else if (value && typeof value === 'object') for (const [k, v] of Object.entries(value)) walk(v, [...at, k]);
  };
  walk(sample, []);

  it('any JSON in any place gives findings that hold none of it', () => {
    fc.assert(fc.property(fc.constantFrom(...paths), fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ minLength: 12, maxLength: 40 })), (path, value) => {
      const changed = structuredClone(sample) as unknown;
      let at = changed as Record<string | number, unknown>;
      for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
      at[path.at(-1)!] = value;
      const findings = check(JSON.stringify(changed));
      for (const f of findings) {
        expect(f.rule).not.toBe('profile-engine');
        if (typeof value === 'string' && value.length >= 12) expect(f.says.includes(value) || f.expression.includes(value)).toBe(false);
      }
    }), { numRuns: 2000 });
  }, 60_000);

  it('any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => { expect(Array.isArray(check(bytes))).toBe(true); }), { numRuns: 2000 });
  }, 60_000);
});
