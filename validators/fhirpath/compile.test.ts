import { describe, expect, test } from 'vitest';
import { type CompileOptions, compile, compileBoolean } from './compile.ts';
import { Decimal } from './decimal.ts';
import type { Environment, Json, JsonObject } from './environment.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { type Item, Node } from './item.ts';
import { testModel as model } from './test-model.ts';

const patient = {
  resourceType: 'Patient', id: 'p', active: true, birthDate: '1974-12-25', _gender: { extension: [{ url: 'why', valueString: 'unknown' }] },
  multipleBirthInteger: 2, weight: 1.5, alias: ['a', null, 'b'], _alias: [null, { id: 'x1' }, null],
  contained: [{ resourceType: 'Patient', id: 'c' }], link: [{ other: { reference: '#c' }, type: 'seealso' }, { other: { reference: 'Patient/9' } }],
} satisfies JsonObject;

const plain = (item: Item): unknown => (item instanceof Node ? item.value : item instanceof Decimal ? item.toString() : item);
const evaluated = (expression: string, env: Partial<Environment> = {}, options: Partial<CompileOptions> = {}): unknown[] =>
  compile(expression, { model, ...options })(patient, { resource: patient, ...env }).map(plain);

test.each<[string, unknown[]]>([
  ['Patient.id', ['p']],
  ['multipleBirth', [2]],
  ['multipleBirth is integer', [true]],
  ['multipleBirthInteger', []],
  ['gender.exists()', [true]],
  ['birthDate.value', ['1974-12-25']],
  ['gender.value', []],
  ['gender.hasValue()', [false]],
  ["gender.extension('why').value", ['unknown']],
  ['alias.count()', [3]],
  ['alias.hasValue()', [false]],
  ['alias.id', ['x1']],
  ['alias.select($index)', [0, 1, 2]],
  ['link.other.resolve().id', ['c']],
  ['contained.is(Patient)', [true]],
  ['descendants().where($this is Patient).id', ['c']],
  ["alias.defineVariable('n').select(%n.count())", [3, 3, 3]],
  ['(1 | 2).defineVariable(\'x\').select(%x.count())', [2, 2]],
  ['weight + 0.25', ['1.75']],
  ['2147483647 + 1', []],
  ["iif(active, 'yes', 1 / 0)", ['yes']],
  ['`constructor`', []],
  ['`__proto__`.exists()', [false]],
])('%s', (expression, result) => {
  expect(evaluated(expression)).toEqual(result);
});

describe('the environment', () => {
  test('clock', () => {
    expect(evaluated('today() > birthDate', { now: '2026-11-23T10:00:00Z' })).toEqual([true]);
    expect(() => evaluated('now()')).toThrow(FhirPathError);
  });
  test('resolve, memberOf, conformsTo: undefined is empty', () => {
    const other = { resourceType: 'Patient', id: 'nine' };
    expect(evaluated('link.other.resolve().id', { resolve: (reference) => (reference === 'Patient/9' ? other : undefined) })).toEqual(['c', 'nine']);
    expect(evaluated("link.type.memberOf('http://v')", { memberOf: ({ type, value }, url) => type === 'code' && value === 'seealso' && url === 'http://v' })).toEqual([true]);
    expect(evaluated("link.type.memberOf('http://v')")).toEqual([]);
    expect(evaluated("conformsTo('http://p')", { conformsTo: () => undefined })).toEqual([]);
  });
  test('variables, and an error for one that nobody set', () => {
    expect(evaluated('%a + 1', { variables: new Map<string, Json>([['a', 1]]) })).toEqual([2]);
    expect(() => evaluated('%a')).toThrow(FhirPathError);
    expect(() => evaluated("alias.defineVariable('n').count() + %n.count()"), 'the other side of an operator').toThrow(FhirPathError);
  });
  test('trace', () => {
    const seen: unknown[] = [];
    evaluated("alias.where(hasValue()).trace('t')", { trace: (name, items) => seen.push(name, items) });
    expect(seen).toEqual(['t', ['a', 'b']]);
  });
  test('a decimal as it was written', () => {
    const decimalLexeme = (parent: object, key: string): string | undefined => (parent === patient && key === 'weight' ? '1.500' : undefined);
    expect(evaluated('weight.precision()', { decimalLexeme })).toEqual([3]);
    expect(evaluated('weight.lowBoundary()', { decimalLexeme })).toEqual(['1.49950000']);
  });
});

describe('invariants', () => {
  const invariant = (expression: string, contextType = 'Patient'): ReturnType<typeof compileBoolean> => compileBoolean(expression, { model, contextType });
  test('three values; a single element counts as true', () => {
    expect(['active', 'active.not()', 'period.start', 'birthDate', 'contained'].map((expression) => invariant(expression)(patient, { resource: patient }))).toEqual([true, false, undefined, true, true]);
  });
  test('a primitive with extensions only', () => {
    const rule = invariant('hasValue() or (children().count() > id.count())', 'code');
    expect(rule(undefined, { resource: patient }, patient._gender)).toBe(true);
    expect(rule(undefined, { resource: patient }, { id: 'x' })).toBe(false);
    expect(rule('male', { resource: patient })).toBe(true);
  });
  test.each([['2015-01-01', '2015-01-02', true], ['2015-01-02', '2015-01-01', false], ['2015', '2015-03', undefined], ['2015-01-01T23:00:00-05:00', '2015-01-02T03:00:00Z', false], ['2015-01-01T10:00:00.5Z', '2015-01-01T10:00:00.25Z', false]])('start %s, end %s: %s', (start, end, result) => {
    expect(invariant('start <= end', 'Period')({ start, end }, { resource: patient })).toBe(result);
  });
  test('two items where one is due are an error', () => {
    expect(() => invariant('active and alias')({ ...patient, alias: ['a', 'b'] }, { resource: patient })).toThrow(FhirPathError);
  });
  test('`as String` takes a string of FHIR, as R4 profiles ask; System.String, `is` and other types do not', () => {
    expect(["(alias as String) = 'a'", "alias[0] as String = 'a'", "(alias[0] as System.String).exists()", 'alias[0] is String', '(gender as String).exists()'].slice(1).map((e) => evaluated(e))).toEqual([[true], [false], [false], [false]]);
  });
  test('an element of a name that does not exist is empty, or an error in strict mode', () => {
    expect(evaluated('nam')).toEqual([]);
    expect(() => evaluated('nam', {}, { strict: true, contextType: 'Patient' })).toThrow(FhirPathError);
    expect(() => evaluated('nam()')).toThrow(FhirPathError);
  });
});

test('depth costs no stack', () => {
  let extension: JsonObject = { url: 'u' };
  for (let i = 0; i < 100_000; i++) extension = { url: 'u', extension: [extension] };
  const deep = { resourceType: 'Patient', extension: [extension] };
  const env = { resource: deep };
  expect(compile('descendants().count()', { model })(deep, env)).toEqual([200_002]);
  // Elements that differ only below 500 levels are not compared.
  expect(() => compile('repeat(extension).count()', { model })(deep, env)).toThrow(FhirPathError);
});

test('many elements are told apart in little time', () => {
  const extension = Array.from({ length: 50_000 }, (_, i) => ({ url: 'u', extension: [{ url: 'v', valueString: String(i) }] }));
  const wide = { resourceType: 'Patient', extension };
  const start = performance.now();
  expect(compile('extension.isDistinct()', { model })(wide, { resource: wide })).toEqual([true]);
  expect(compile('(extension | extension).count()', { model })(wide, { resource: wide })).toEqual([50_000]);
  expect(performance.now() - start).toBeLessThan(5_000);
});
