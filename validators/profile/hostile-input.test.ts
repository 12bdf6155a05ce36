import { constants } from 'node:buffer';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { scan } from './scan.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';
import { countZeros } from './written-size.ts';

import corpus from './hostile-corpus.json' with { type: 'json' };

const sampleFolder = join(import.meta.dirname, '../../sandbox/sample');
/** Two resources of each type of the sandbox's sample. */
const readSamples = (): string[] => readdirSync(sampleFolder).filter((name) => /\.ndjson(\.gz)?$/.test(name)).flatMap((name) => {
  const bytes = readFileSync(join(sampleFolder, name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n').filter((line) => line !== '').slice(0, 2);
});

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
  it('finds a duplicate beside numbers written 0.0, and tells those where an integer belongs', () => {
    const quantity = (value: string): string => `{"resourceType":"Observation","status":"final","code":{"text":":0.0,"},"valueQuantity":{"value":0.0,"unit":${value}}}`;
    expect(rules(quantity('"a"'))).not.toContain('profile-json');
    expect(rules(quantity('"a","value":0.0'))).toContain('profile-json');
    expect(rules(quantity('"a","":0.0'))).not.toEqual(rules(quantity('"a"')));
    expect(rules('{"resourceType":"Patient","multipleBirthInteger":0.0}')).toContain('profile-primitive-format');
    expect(rules('{"resourceType":"Patient","multipleBirthInteger":0}')).not.toContain('profile-primitive-format');
  });
  it('counts as written 0.0 only what is a number: not what a text says', () => {
    expect(countZeros('{"a":0.0,"b":{"c":0.0},"d":1.0}')).toBe(2);
    for (const text of ['{"a":":0.0,"}', '{"a":"b:0.0,"}', '{"a":[":0.0,"]}', '{"a": ":0.0,"}', '{"a":10.0,"b":0.01,"c":-0.0}', '{"a":0.00}']) expect(countZeros(text), text).toBe(0);
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
  it('refuses what is longer than a text can be', () => { expect(check(Buffer.allocUnsafeSlow(constants.MAX_STRING_LENGTH + 1))).toMatchObject([{ severity: 'fatal', rule: 'profile-json' }]); });
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

describe('the kept corpus', () => {
  it.each(corpus.map(({ name, text, rule }) => [name, text, rule] as const))('%s', (_name, text, rule) => {
    const t = performance.now();
    const found = rules(text);
    expect(performance.now() - t).toBeLessThan(2_000);
    expect(found).not.toContain('profile-engine');
    if (rule !== '') expect(found).toContain(rule);
  });

  it('50 MB of extensions within memory and time', () => {
    const extension = '{"url":"http://a.example/b","valueString":"' + 'c'.repeat(200) + '"}';
    const big = Buffer.from(`{"resourceType":"Patient","extension":[${Array.from({ length: 200_000 }, () => extension).join(',')}]}`);
    expect(big.length).toBeGreaterThan(48_000_000);
    const t = performance.now();
    expect(check(big).length).toBeLessThanOrEqual(1000);
    expect(performance.now() - t).toBeLessThan(15_000);
  }, 60_000);
});

describe('samples changed at random (fast-check)', () => {
  const samples = readSamples();
  const hostile = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>('', ' ', '#', '__proto__', 'urn:uuid:', 'http://', '<div>', '0000-00-00', '\u0000', 1e400, -1, [], {}, [[]], [null], null, 'a'.repeat(5000)));
  const change = (at: unknown, picks: readonly number[], value: unknown): void => {
    let node = at as Record<string, unknown>;
    for (const pick of picks) {
      const keys = Object.keys(node);
      const key = keys[pick % Math.max(1, keys.length)];
      if (key === undefined) return;
      const below = node[key];
      if (pick % 3 === 0 || typeof below !== 'object' || below === null) { node[key] = value; return; }
      node = below as Record<string, unknown>;
    }
  };
  it.skipIf(samples.length === 0)('no change makes it fail, and the same input gives the same findings', () => {
    fc.assert(fc.property(fc.nat(samples.length - 1), fc.array(fc.tuple(fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }), hostile), { minLength: 1, maxLength: 4 }), (which, changes) => {
      const changed = JSON.parse(samples[which]!) as unknown;
      for (const [picks, value] of changes) change(changed, picks, structuredClone(value)); // a later change may land in an earlier one
      const text = JSON.stringify(changed);
      const found = check(text);
      expect(found.map((f) => f.rule)).not.toContain('profile-engine');
      expect(check(text)).toEqual(found);
    }), { numRuns: 800 });
  }, 60_000);
});

describe('objects and names that are no text where a text belongs', () => {
  const url = 'http://a.example/a';
  const definitions: readonly object[] = [
    { resourceType: 'QuestionnaireResponse', questionnaire: '#q', status: 'completed', item: [{ linkId: '1', answer: [{ valueDecimal: 1.25 }] }, { linkId: '2', answer: [{ valueCoding: { system: url, code: 'a' } }] }],
      contained: [{ resourceType: 'Questionnaire', id: 'q', status: 'active', item: [
        { linkId: '1', type: 'decimal', required: true, extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces', valueInteger: 1 }] },
        { linkId: '2', type: 'choice', answerOption: [{ valueCoding: { system: url, code: 'a' } }], enableWhen: [{ question: '1', operator: 'exists', answerBoolean: true }] }] }] },
    { resourceType: 'ValueSet', url, status: 'active', compose: { include: [{ system: 'http://snomed.info/sct', concept: [{ code: '1', display: 'x' }], filter: [{ property: 'concept', op: 'is-a', value: '1' }], valueSet: [url] }] } },
    { resourceType: 'CodeSystem', url, status: 'active', content: 'complete', count: 1, supplements: url, property: [{ code: 'p', uri: url, type: 'integer' }], concept: [{ code: 'a', property: [{ code: 'synonym', valueInteger: 1 }], designation: [{ value: 'x' }] }] },
    { resourceType: 'StructureDefinition', url, name: 'A', status: 'active', kind: 'resource', abstract: false, type: 'Patient', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', context: [{ type: 'element', expression: 'Patient' }],
      differential: { element: [{ id: 'Patient', path: 'Patient', type: [{ code: 'Patient', profile: [url] }], binding: { strength: 'required', valueSet: url } }] } },
    { resourceType: 'ConceptMap', status: 'active', sourceCanonical: url, group: [{ source: url, target: url, element: [{ code: 'a', target: [{ code: 'a', equivalence: 'equal' }] }] }] },
    { resourceType: 'MeasureReport', status: 'complete', type: 'summary', measure: '#m', period: { start: '2020' }, group: [{ code: { text: 'x' }, measureScoreQuantity: { value: 1 } }], contained: [{ resourceType: 'Measure', id: 'm', url, status: 'active', scoring: { text: 'x' }, group: [{ code: { text: 'x' } }] }] },
    { resourceType: 'OperationDefinition', url, name: 'A', status: 'active', kind: 'operation', code: 'a', system: true, type: false, instance: false, parameter: [{ name: 'a', use: 'in', min: 0, max: '1', type: 'Reference', targetProfile: [url] }] },
    { resourceType: 'StructureMap', url, name: 'A', status: 'active', group: [{ name: 'a', typeMode: 'none', input: [{ name: 's', mode: 'source' }], rule: [{ name: 'r', source: [{ context: 's', variable: 'v' }], target: [{ context: 't', contextType: 'variable' }] }] }] },
    { resourceType: 'Bundle', type: 'document', identifier: { system: url, value: 'a' }, timestamp: '2020-01-01T00:00:00Z', entry: [
      { fullUrl: `${url}/Composition/1`, resource: { resourceType: 'Composition', id: '1', status: 'final', type: { text: 'x' }, subject: { reference: 'Patient/1' }, date: '2020', author: [{ display: 'x' }], title: 'x', section: [{ entry: [{ reference: 'Patient/1' }] }] } },
      { fullUrl: `${url}/Patient/1`, resource: { resourceType: 'Patient', id: '1' } }] },
    { resourceType: 'Bundle', type: 'searchset', link: [{ relation: 'self', url: 'http://a.example/Patient?_id=1' }], entry: [{ fullUrl: `${url}/Patient/1`, resource: { resourceType: 'Patient', id: '1' }, search: { mode: 'match' } }] },
  ];
  it.each(['{"toString":null}', '{"toString":null,"valueOf":null}', '[{"toString":null}]', '{"length":3}', '{"__proto__":{"a":1}}', '"constructor"', '"__proto__"'])('%s in every place', (hostile) => {
    for (const sample of [...readSamples().map((text) => JSON.parse(text) as object), ...definitions]) {
      const paths: string[][] = [];
      const walk = (value: unknown, at: readonly string[]): void => {
        if (at.length > 0) paths.push([...at]);
        if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) walk(item, [...at, key]);
      };
      walk(sample, []);
      // Of a long list of alike elements some are enough.
      for (const path of paths.filter((_, i) => i % Math.ceil(paths.length / 200) === 0)) {
        const changed = structuredClone(sample) as Record<string, unknown>;
        let at = changed;
        for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
        at[path.at(-1)!] = JSON.parse(hostile);
        expect(check(JSON.stringify(changed)).map((f) => f.rule), `${String(sample['resourceType' as never])} ${path.join('.')}`).not.toContain('profile-engine');
      }
    }
  }, 60_000);
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
