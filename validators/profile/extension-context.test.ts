import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

const url = (name: string) => `http://a.example/${name}`;
const extension = (name: string, context: readonly object[], more: object = {}) => ({
  resourceType: 'StructureDefinition', url: url(name), name, status: 'active', kind: 'complex-type', abstract: false, type: 'Extension', derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension', context, ...more,
  differential: { element: [{ id: 'Extension', path: 'Extension' }, { id: 'Extension.url', path: 'Extension.url', fixedUri: url(name) }, { id: 'Extension.value[x]', path: 'Extension.value[x]', type: [{ code: 'boolean' }] }] },
});
const profile = {
  resourceType: 'StructureDefinition', url: url('long-ids'), name: 'LongIds', status: 'active', kind: 'resource', abstract: false, type: 'Patient', derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  differential: { element: [{ id: 'Patient.id', path: 'Patient.id', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/minLength', valueInteger: 5 }] },
    { id: 'Patient.identifier.value', path: 'Patient.identifier.value', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/regex', valueString: '[A-Z][0-9]{3}' }] }] },
};
const definitions = [
  extension('at-home', [{ type: 'fhirpath', expression: "Patient.address.where(use = 'home')" }, { type: 'fhirpath', expression: 'Patient.gender' }]),
  extension('in-text', [{ type: 'element', expression: 'DomainResource.text' }]),
  extension('in-other', [{ type: 'extension', expression: url('in-text') }]),
  extension('later', [{ type: 'element', expression: 'Patient.contact' }, { type: 'element', expression: 'Patient.name', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/version-specific-use', extension: [{ url: 'startFhirVersion', valueCode: '5.0' }] }] }]),
  extension('of-the-living', [{ type: 'element', expression: 'Patient' }], { contextInvariant: ['deceased.empty() and %extension.value = true'] }),
];
let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-contexts-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [...definitions, profile].map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

const e = (name: string, more: object = { valueBoolean: true }) => ({ extension: [{ url: url(name), ...more }] });
const wrong = (patient: object): string[] => validator.validate(Buffer.from(JSON.stringify({ resourceType: 'Patient', ...patient })))
  .filter((f) => /^profile-(extension-context|min-length|form$)/.test(f.rule)).map((f) => `${f.messageId} ${f.expression}`);

it.each([
  ['where FHIRPath leads', { address: [{ use: 'home', city: 'a', ...e('at-home') }] }, []],
  ['where it does not', { address: [{ use: 'work', city: 'a', ...e('at-home') }] }, ['Extension_EXTP_Context_Wrong Patient.address[0]']],
  ['on a primitive it leads to', { gender: 'male', _gender: e('at-home') }, []],
  ['on another primitive', { active: true, _active: e('at-home') }, ['Extension_EXTP_Context_Wrong Patient.active']],
  ['at an element of an ancestor', { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>', ...e('in-text') } }, []],
  ['at another element', { name: [{ family: 'a', ...e('in-text') }] }, ['Extension_EXTP_Context_Wrong Patient.name[0]']],
  ['in the extension named', { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>', ...e('in-text', e('in-other')) } }, []],
  ['in no extension', { ...e('in-other') }, ['Extension_EXTP_Context_Wrong Patient']],
  ['in this version of FHIR', { contact: [{ name: { text: 'a' }, ...e('later') }] }, []],
  ['only in a later version', { name: [{ text: 'a', ...e('later') }] }, ['Extension_EXTP_Context_Wrong Patient.name[0]']],
  ['where its condition holds', { ...e('of-the-living') }, []],
  ['where its condition does not', { deceasedBoolean: true, ...e('of-the-living') }, ['Extension_EXT_Context_Wrong_Inv Patient']],
  ['where its condition about itself does not', { ...e('of-the-living', { valueBoolean: false }) }, ['Extension_EXT_Context_Wrong_Inv Patient']],
  ['a value of the least length', { id: 'abcde', meta: { profile: [url('long-ids')] } }, []],
  ['a value of the form asked for', { identifier: [{ value: 'A123' }], meta: { profile: [url('long-ids')] } }, []],
  ['one of another form', { identifier: [{ value: 'A123' }, { value: 'A1234' }], meta: { profile: [url('long-ids')] } }, ['TYPE_SPECIFIC_CHECKS_DT_PRIMITIVE_REGEX Patient.identifier[1].value']],
  ['a shorter one', { id: 'abcd', meta: { profile: [url('long-ids')] } }, ['PRIMITIVE_TOOSHORT Patient.id']],
] as const)('%s', (_name, patient, expected) => { expect(wrong(patient)).toEqual(expected); });
