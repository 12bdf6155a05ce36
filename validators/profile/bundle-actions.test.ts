import { beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);

const patient = (id: string | undefined, more: object = {}) => ({ resourceType: 'Patient', ...(id === undefined ? {} : { id }), active: true, ...more });
const does = (method: string, url: string, resource?: object) => ({ ...(resource ? { resource } : {}), request: { method, url } });
const said = (type: string, entry: readonly object[]): string[] => validator.validate(Buffer.from(JSON.stringify({ resourceType: 'Bundle', type, entry })))
  .filter((f) => f.rule === 'profile-bundle').map((f) => `${f.severity} ${f.expression}`);

it.each([
  ['an update', 'transaction', [does('PUT', 'Patient/p', patient('p'))], []],
  ['a conditional update', 'transaction', [does('PUT', 'Patient?identifier=a', patient(undefined))], []],
  ['a search, a read, a delete, an operation', 'batch', [does('GET', 'Patient?name=a'), does('GET', 'Patient/p'), does('DELETE', 'Patient/p'), does('POST', '$process', patient('p')), does('POST', 'Patient/$match', { resourceType: 'Parameters', parameter: [] })], []],
  ['an update with another id', 'transaction', [does('PUT', 'Patient/p', patient('q'))], ['error Bundle.entry[0].resource']],
  ['a creation of another type', 'transaction', [does('POST', 'Observation', patient(undefined))], ['error Bundle.entry[0].request.url']],
  ['a type that FHIR does not have', 'batch', [does('GET', 'Person2/1')], ['warning Bundle.entry[0].request.url']],
  ['an absolute URL', 'batch', [does('GET', 'http://a.example/Patient/1')], ['warning Bundle.entry[0].request.url']],
  ['an update of nothing', 'transaction', [does('PUT', 'Patient/p')], ['error Bundle.entry[0]']],
  ['a deletion with a resource', 'transaction', [does('DELETE', 'Patient/p', patient('p'))], ['warning Bundle.entry[0].resource']],
  ['the same resource twice', 'transaction', [does('PUT', 'Patient/p', patient('p')), does('PUT', 'Patient/p', patient('p'))], ['error Bundle.entry[1]']],
  ['the same resource twice, one after the other', 'batch', [does('PUT', 'Patient/p', patient('p')), does('PUT', 'Patient/p', patient('p'))], []],
] as const)('%s', (_name, type, entry, expected) => { expect(said(type, entry)).toEqual(expected); });
