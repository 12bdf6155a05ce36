// What a profile asks of a resource within another: contained, or a Bundle's entry.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator, type ValidateOptions } from './validator.ts';

const core = 'http://hl7.org/fhir/StructureDefinition/';
const profile = (name: string, type: string, element: readonly object[]) => ({ resourceType: 'StructureDefinition', url: `http://a.example/${name}`, name, status: 'active', kind: 'resource', abstract: false, type, derivation: 'constraint', baseDefinition: core + type, differential: { element } });
const asks = (key: string, expression: string) => ({ constraint: [{ key, severity: 'error', human: 'a', expression }] });
const definitions = [
  profile('held', 'Patient', [
    { id: 'Patient.contained', path: 'Patient.contained', type: [{ code: 'Practitioner' }], ...asks('a-1', "%resource is Patient and %context is Practitioner") },
    { id: 'Patient.contained.name', path: 'Patient.contained.name', ...asks('a-2', "%resource is Practitioner and %rootResource is Patient") }]),
  profile('active', 'Patient', [{ id: 'Patient', path: 'Patient', ...asks('b-1', '%resource.active = true') }, { id: 'Patient.name', path: 'Patient.name', min: 1 }]),
  profile('of-patients', 'Bundle', [{ id: 'Bundle.entry', path: 'Bundle.entry' }, { id: 'Bundle.entry.resource', path: 'Bundle.entry.resource', type: [{ code: 'Patient', profile: ['http://a.example/active'] }] }]),
  profile('of-unknown', 'Bundle', [{ id: 'Bundle.entry', path: 'Bundle.entry' }, { id: 'Bundle.entry.resource', path: 'Bundle.entry.resource', type: [{ code: 'Patient', profile: ['http://a.example/nowhere'] }] }]),
  profile('by-profile', 'Bundle', [{ id: 'Bundle.entry', path: 'Bundle.entry' }, { id: 'Bundle.entry.resource', path: 'Bundle.entry.resource', type: [{ code: 'Resource', profile: [`${core}DocumentManifest`] }] }]),
];
let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-within-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: definitions.map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const found = (resource: object, name: string, options: ValidateOptions = {}): string[] => validator.validate(Buffer.from(JSON.stringify(resource)), { ...options, profiles: [`http://a.example/${name}`] })
  .map((f) => `${f.severity}${f.unevaluated ? ' unevaluated' : ''} ${f.rule} ${f.expression}`);
const bundle = (resource: object) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:uuid:6e1c8a7e-1111-4222-8333-944445555666', resource }] });
const patient = { resourceType: 'Patient', active: true, name: [{ text: 'a' }] };

it('is asked of the resource that is meant', () => {
  const practitioner = { resourceType: 'Practitioner', id: 'p', name: [{ text: 'b' }] };
  const holding = (contained: object) => ({ ...patient, contained: [contained], generalPractitioner: [{ reference: '#p' }] });
  expect(found(holding(practitioner), 'held')).toEqual([]);
  expect(found(holding({ resourceType: 'Organization', id: 'p', name: 'c' }), 'held')).toContain('error profile-type Patient.contained[0]');
});

it('is asked with the entry as %resource', () => {
  expect(found(bundle(patient), 'of-patients')).toEqual([]);
  expect(found(bundle({ resourceType: 'Patient', active: false }), 'of-patients')).toEqual(['error profile-invariant/b-1 Bundle.entry[0].resource', 'error profile-cardinality Bundle.entry[0].resource']);
});

it('names the types that belong there, also by profile', () => {
  expect(found(bundle({ resourceType: 'Device' }), 'of-patients')).toEqual(['error profile-type Bundle.entry[0].resource']);
  expect(found(bundle(patient), 'by-profile')).toEqual(['error profile-type Bundle.entry[0].resource']);
});

it('says that a profile nobody has was not checked', () => {
  expect(found(bundle(patient), 'of-unknown')).toEqual(['warning unevaluated profile-unknown Bundle.entry[0].resource']);
  expect(found(bundle(patient), 'of-unknown', { unknownExtension: 'error' })).toEqual(['error profile-unknown Bundle.entry[0].resource']);
});
