import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from '../profile/validator.ts';

const base = 'http://a.example';
const system = `${base}/animals`;
const concept = (code: string, legs: string, below: readonly object[] = []) => ({ code, display: code.toUpperCase(), property: [{ code: 'legs', valueString: legs }], ...(below.length > 0 ? { concept: below } : {}) });
const animals = { resourceType: 'CodeSystem', url: system, status: 'active', content: 'complete', caseSensitive: true, hierarchyMeaning: 'is-a', property: [{ code: 'legs', type: 'string' }],
  concept: [concept('mammal', 'x', [concept('dog', '4', [concept('poodle', '4')]), concept('ape', '2')]), concept('bird', '2')] };
const set = (name: string, compose: object) => ({ resourceType: 'ValueSet', url: `${base}/${name}`, status: 'active', compose });
const filtered = (property: string, op: string, value: string) => ({ include: [{ system, filter: [{ property, op, value }] }] });
const sets = [
  set('all', { include: [{ system }] }), set('listed', { include: [{ system, concept: [{ code: 'dog' }] }] }),
  set('is-a', filtered('concept', 'is-a', 'dog')), set('below', filtered('concept', 'descendent-of', 'dog')), set('equal', filtered('legs', '=', '2')), set('in', filtered('legs', 'in', '2,3')), set('regex', filtered('code', 'regex', '[dp]o.*')),
  set('without', { include: [{ system }], exclude: [{ system, concept: [{ code: 'dog' }] }] }), set('both', { include: [{ valueSet: [`${base}/is-a`, `${base}/without`] }] }), set('itself', { include: [{ valueSet: [`${base}/itself`] }, { system, concept: [{ code: 'ape' }] }] }),
  set('elsewhere', { include: [{ system: `${base}/nobody-has` }] }),
];
const bound = { resourceType: 'StructureDefinition', url: `${base}/bound`, name: 'Bound', status: 'active', kind: 'resource', abstract: false, type: 'Observation', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation',
  differential: { element: [{ id: 'Observation.code', path: 'Observation.code', binding: { strength: 'extensible', valueSet: `${base}/listed`, extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet', valueCanonical: `${base}/is-a` }] } },
    { id: 'Observation.method', path: 'Observation.method', binding: { strength: 'required', valueSet: `${base}/listed` } }, { id: 'Observation.bodySite', path: 'Observation.bodySite', binding: { strength: 'preferred', valueSet: `${base}/listed` } }] } };

let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-value-sets-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [animals, { resourceType: 'CodeSystem', url: `${base}/plants`, status: 'active', content: 'complete', concept: [{ code: 'oak' }] }, ...sets, bound].map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ['all', 'mammal dog poodle ape bird'], ['listed', 'dog'], ['is-a', 'dog poodle'], ['below', 'poodle'], ['equal', 'ape bird'], ['in', 'ape bird'], ['regex', 'dog poodle'],
  ['without', 'mammal poodle ape bird'], ['both', 'poodle'], ['itself', 'ape'],
])('the value set %s has %s', (name, codes) => {
  const { terminology } = validator.program;
  const all = ['mammal', 'dog', 'poodle', 'ape', 'bird'];
  expect(all.filter((code) => terminology.has(`${base}/${name}`, system, code)).join(' ')).toBe(codes);
  expect([terminology.has(`${base}/${name}`, system, 'cat'), terminology.has(`${base}/${name}`, `${base}/other`, 'dog')]).toEqual([false, false]);
});

it('takes a code in any case, but where its system is case sensitive', () => {
  const { terminology } = validator.program;
  expect([`${base}/plants`, system].map((of) => terminology.code(of, of === system ? 'DOG' : 'OAK'))).toEqual(['valid', 'invalid']);
});

it('cannot tell what draws on a code system that nobody has', () => {
  expect(validator.program.terminology.has(`${base}/elsewhere`, `${base}/nobody-has`, 'a')).toBeUndefined();
});

describe('bindings', () => {
  const coded = (code: string, more: object = {}) => ({ coding: [{ system, code, ...more }] });
  const found = (observation: object, options: object = {}) => validator.validate(Buffer.from(JSON.stringify({ resourceType: 'Observation', status: 'final', code: coded('dog'), ...observation })), { profiles: [bound.url], ...options })
    .map((f) => `${f.severity} ${f.rule} ${f.expression}`);
  it.each([
    ['a code of it', {}, []],
    ['extensible: another one', { code: coded('poodle') }, ['warning terminology-binding Observation.code']],
    ['beyond the greatest value set', { code: coded('bird') }, ['warning terminology-binding Observation.code', 'error terminology-binding Observation.code']],
    ['required: another one', { method: coded('poodle') }, ['error terminology-binding Observation.method']],
    ['required: text alone', { method: { text: 'a dog' } }, ['error terminology-binding Observation.method']],
    ['preferred: another one', { bodySite: coded('bird') }, ['information terminology-binding Observation.bodySite']],
    ['a code that the system does not have', { bodySite: coded('cat') }, ['error terminology-code Observation.bodySite', 'information terminology-binding Observation.bodySite']],
    ['a display that is another', { code: coded('dog', { display: 'Cat' }) }, ['warning terminology-display Observation.code.coding[0].display']],
    ['a system that is no URI', { bodySite: { coding: [{ system: 'animals', code: 'dog' }, { system, code: 'dog' }] } }, ['error terminology-system Observation.bodySite.coding[0].system', 'warning terminology-system Observation.bodySite.coding[0].system']],
  ] as const)('%s', (_name, observation, expected) => { expect(found(observation)).toEqual(expected); });

  it('a display is an error where it is asked to be, and best practice is told where it is asked for', () => {
    expect(found({ code: coded('dog', { display: 'Cat' }) }, { displays: 'error' })).toEqual(['error terminology-display Observation.code.coding[0].display']);
    expect(found({}, { bestPractice: true })).toContain('warning profile-invariant/dom-6 Observation');
  });
});
