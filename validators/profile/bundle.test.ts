import { beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);

type Entry = { fullUrl?: string; resource?: Record<string, unknown>; [key: string]: unknown };
const server = 'http://ehr.example/fhir/';
const of = (resource: Record<string, unknown>, more: object = {}): Entry => ({ fullUrl: `${server}${String(resource['resourceType'])}/${String(resource['id'])}`, resource, ...more });
const patient = { resourceType: 'Patient', id: 'p' };
const condition = { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/p' } };
const composition = { resourceType: 'Composition', id: 'doc', status: 'final', type: { text: 'a' }, date: '2020', author: [{ display: 'b' }], title: 'c', subject: { reference: 'Patient/p' },
  section: [{ title: 'd', entry: [{ reference: 'Condition/c' }] }] };
const header = { resourceType: 'MessageHeader', id: 'm', eventUri: 'http://ehr.example/e', source: { endpoint: 'http://ehr.example' }, focus: [{ reference: 'Condition/c' }] };
const bundle = (type: string, entry: readonly Entry[], more: object = {}) => ({ resourceType: 'Bundle', type, entry, ...more });
const identified = { identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:6e1c8a7e-1111-4222-8333-944445555666' }, timestamp: '2020-01-01T00:00:00Z' };

/** What the Bundle's own rules say: message id at place. */
const said = (resource: object): string[] => validator.validate(Buffer.from(JSON.stringify(resource)))
  .filter((f) => f.rule.startsWith('profile-bundle')).map((f) => `${f.severity} ${f.messageId} ${f.expression}`);

describe('documents and messages hang together', () => {
  it.each([
    ['a document', bundle('document', [of(composition), of(patient), of(condition)], identified), []],
    ['a message', bundle('message', [of(header), of(patient), of(condition)]), []],
    ['no entry', bundle('document', [], identified), ['error Bundle_BUNDLE_Entry_NoFirst Bundle']],
    ['no Composition first', bundle('document', [of(patient), of(composition), of(condition)], identified), ['error Bundle_BUNDLE_Entry_Document Bundle.entry[0].resource', 'warning BUNDLE_BUNDLE_ENTRY_REVERSE_R4 Bundle.entry[1]']],
    ['an entry nobody refers to', bundle('document', [of(composition), of(patient), of(condition), of({ resourceType: 'Device', id: 'd' })], identified), ['error Bundle_BUNDLE_Entry_Orphan_DOCUMENT Bundle.entry[3]']],
    ['an entry that only refers', bundle('document', [of(composition), of(patient), of(condition), of({ ...condition, id: 'e' })], identified), ['warning BUNDLE_BUNDLE_ENTRY_REVERSE_R4 Bundle.entry[3]']],
    ['a section entry that is not there', bundle('document', [of(composition), of(patient)], identified), ['error Bundle_BUNDLE_Entry_NotFound Bundle.entry[0].resource.section[0].entry[0]']],
    ['a message whose focus is elsewhere', bundle('message', [of(header), of(patient)]), ['error Bundle_BUNDLE_Entry_NotFound Bundle.entry[0].resource.focus[0]', 'warning Bundle_BUNDLE_Entry_Orphan_MESSAGE Bundle.entry[1]']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource).sort()).toEqual([...expected].sort()); });

  it('ten thousand entries, each referring to the one before', () => {
    const entries = [of(composition), of(patient), of(condition), ...Array.from({ length: 10_000 }, (_, i) => of({ ...condition, id: `n${i}`, evidence: [{ detail: [{ reference: i === 0 ? 'Condition/c' : `Condition/n${i - 1}` }] }] }))];
    const t = performance.now();
    expect(said(bundle('document', entries, identified)).length).toBeGreaterThan(0);
    expect(performance.now() - t).toBeLessThan(5_000);
  }, 30_000);
});

describe('identities and references', () => {
  it.each([
    ['no fullUrl', bundle('collection', [{ resource: patient }]), ['error BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED Bundle.entry[0]']],
    ['no fullUrl in a transaction', bundle('transaction', [{ resource: patient, request: { method: 'PUT', url: 'Patient/p' } }]), []],
    ['a relative reference beside no fullUrl', bundle('batch', [{ resource: condition, request: { method: 'PUT', url: 'Condition/c' } }]), ['error Bundle_BUNDLE_Entry_NoFullUrl Bundle.entry[0]', 'error Bundle_BUNDLE_FullUrl_Missing Bundle.entry[0].resource.subject']],
    ['relative fullUrls, said once', bundle('collection', [{ fullUrl: 'Patient/p', resource: patient }, { fullUrl: 'Condition/c', resource: condition }]), ['error BUNDLE_ENTRY_URL_ABSOLUTE Bundle.entry[0]']],
    ['another id', bundle('collection', [{ fullUrl: `${server}Patient/q`, resource: patient }]), ['error BUNDLE_ENTRY_URL_MATCHES_TYPE_ID Bundle.entry[0]']],
    ['the same fullUrl twice', bundle('collection', [of(patient, { id: '1' }), of({ ...patient, active: true }), of(condition)]), ['error Bundle_BUNDLE_MultipleMatches Bundle.entry[2].resource.subject']],
    ['a urn nobody has', bundle('collection', [of({ ...condition, subject: { reference: 'urn:uuid:6e1c8a7e-1111-4222-8333-944445555666' } })]), ['warning Bundle_BUNDLE_Not_Local Bundle.entry[0].resource.subject']],
    ['a search for a reference outside a transaction', bundle('collection', [of({ ...condition, subject: { reference: 'Patient?identifier=a|b' } })]), ['error Reference_REF_Format2 Bundle.entry[0].resource.subject']],
    ['the same in another server\'s entry', bundle('collection', [of(patient), { fullUrl: 'http://other.example/Condition/c', resource: condition }]), ['warning BUNDLE_BUNDLE_POSSIBLE_MATCH_WRONG_FU Bundle.entry[1].resource.subject']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource).sort()).toEqual([...expected].sort()); });
});

describe('searchsets and links', () => {
  const self = { link: [{ relation: 'self', url: `${server}Patient?name=x` }] };
  const match = { search: { mode: 'match' } };
  it.each([
    ['all as it should be', bundle('searchset', [of(patient, match)], self), []],
    ['another type than was searched', bundle('searchset', [of(condition, match)], self), ['error BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_MODE Bundle.entry[0].resource']],
    ['an outcome that is none', bundle('searchset', [of(patient, { search: { mode: 'outcome' } })], self), ['error BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_OUTCOME Bundle.entry[0].resource']],
    ['a match without id', bundle('searchset', [{ fullUrl: 'urn:uuid:6e1c8a7e-1111-4222-8333-944445555666', resource: { resourceType: 'Patient', active: true }, ...match }], self), ['error BUNDLE_SEARCH_ENTRY_NO_RESOURCE_ID Bundle.entry[0].resource']],
    ['an entry without resource', bundle('searchset', [{ fullUrl: `${server}Patient/p`, ...match }], self), ['error BUNDLE_SEARCH_ENTRY_NO_RESOURCE Bundle.entry[0]']],
    ['no self link', bundle('searchset', [of(patient, match)]), ['warning BUNDLE_SEARCH_NOSELF Bundle']],
    ['two links of one relation', bundle('searchset', [of(patient, match)], { link: [...self.link, ...self.link] }), ['error BUNDLE_LINK_SEARCH_NO_DUPLICATES Bundle.link[1]']],
    ['paging where there are no pages', bundle('collection', [of(patient)], { link: [{ relation: 'next', url: server }] }), ['error BUNDLE_LINK_SEARCH_PROHIBITED Bundle.link[0].relation']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});
