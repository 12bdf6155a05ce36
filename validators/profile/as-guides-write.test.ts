// What implementation guides and their examples write beyond what R4's own definitions foresee, and where that ends.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

const core = 'http://hl7.org/fhir/StructureDefinition/';
const definition = (name: string, type: string, element: readonly object[]) => ({ resourceType: 'StructureDefinition', url: `http://a.example/${name}`, version: '2', name, status: 'active', abstract: false, type, derivation: 'constraint', baseDefinition: core + type,
  kind: type === 'Extension' ? 'complex-type' : 'resource', ...(type === 'Extension' ? { context: [{ type: 'element', expression: 'Element' }] } : {}), differential: { element } });
const definitions = [
  definition('in-metres', 'Observation', [{ id: 'Observation', path: 'Observation', constraint: [{ key: 'm-1', severity: 'error', human: 'in metres', expression: "valueQuantity.code.empty() or valueQuantity.code = 'm'" }] }]),
  definition('coded', 'Patient', [{ id: 'Patient.identifier.value', path: 'Patient.identifier.value', min: 1, constraint: [{ key: 'c-1', severity: 'error', human: 'nine digits, or a reason', expression: "matches('^[0-9]{9}$') or extension('http://a.example/why').exists()" }] },
    { id: 'Patient.birthDate', path: 'Patient.birthDate', max: '0' },
    { id: 'Patient.address.line.extension', path: 'Patient.address.line.extension', slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' } },
    { id: 'Patient.address.line.extension:name', path: 'Patient.address.line.extension', sliceName: 'name', max: '1', type: [{ code: 'Extension', profile: [`${core}iso21090-ADXP-streetName`] }] }]),
  definition('parted', 'Extension', [{ id: 'Extension.extension:part', path: 'Extension.extension', sliceName: 'part', min: 0, max: '1' }, { id: 'Extension.extension:part.url', path: 'Extension.extension.url', fixedUri: 'part' },
    { id: 'Extension.extension:part.value[x]', path: 'Extension.extension.value[x]', type: [{ code: 'code' }] },
    { id: 'Extension.extension:whole', path: 'Extension.extension', sliceName: 'whole', min: 0, max: '1', type: [{ code: 'Extension', profile: [`${core}instance-name`] }] }, { id: 'Extension.url', path: 'Extension.url', fixedUri: 'http://a.example/parted' }, { id: 'Extension.value[x]', path: 'Extension.value[x]', max: '0' }]),
  definition('identified', 'Extension', [{ id: 'Extension.url', path: 'Extension.url', fixedUri: 'http://a.example/identified' }, { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, type: [{ code: 'Identifier' }] }, { id: 'Extension.value[x].type', path: 'Extension.value[x].type', min: 1 }]),
  definition('gendered', 'Extension', [{ id: 'Extension.url', path: 'Extension.url', fixedUri: 'http://a.example/gendered' }, { id: 'Extension.value[x]', path: 'Extension.value[x]', type: [{ code: 'Coding' }], binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender' } }]),
  definition('sexed', 'Extension', [{ id: 'Extension.url', path: 'Extension.url', fixedUri: 'http://a.example/sexed' }, { id: 'Extension.value[x]', path: 'Extension.value[x]', type: [{ code: 'code' }], binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender' } }]),
  definition('bound', 'Observation', [{ id: 'Observation.category', path: 'Observation.category', binding: { strength: 'required', valueSet: 'http://a.example/nobodys' } },
    { id: 'Observation.method', path: 'Observation.method', binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender' } }, { id: 'Observation.status', path: 'Observation.status', constraint: [{ key: 'b-1', severity: 'error', human: 'final', expression: "value.startsWith('final')" }] }]),
];
let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-guides-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: definitions.map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const observation = { resourceType: 'Observation', status: 'final', code: { text: 'a' } };
const long = (code: string) => ({ ...observation, meta: { profile: ['http://a.example/in-metres'] }, valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code } });
const coded = (identifier: object) => ({ resourceType: 'Patient', meta: { profile: ['http://a.example/coded'] }, identifier: [identifier] });
const street = [{ url: `${core}iso21090-ADXP-streetName`, valueString: 'a' }];
const line = (...extensions: object[]) => ({ ...coded({ value: '123456789' }), address: [{ line: ['a', 'b'], _line: extensions.map((extension) => (Array.isArray(extension) ? { extension } : null)) }] });
const identified = (valueIdentifier: object) => ({ resourceType: 'Patient', extension: [{ url: 'http://a.example/identified', valueIdentifier }] });
const gendered = (valueCoding: object) => ({ resourceType: 'Patient', extension: [{ url: 'http://a.example/gendered', valueCoding }] });
const bound = (more: object) => ({ ...observation, meta: { profile: ['http://a.example/bound'] }, ...more });
const about = (name: string, more: object) => ({ resourceType: 'Patient', meta: { extension: [{ url: core + name, ...more }] } });
const parted = (part: object) => ({ resourceType: 'Patient', extension: [{ url: 'http://a.example/parted', extension: [{ url: 'part', ...part }] }] });
const label = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code });
const expects = (extension: object) => ({ resourceType: 'CapabilityStatement', status: 'active', date: '2020', kind: 'requirements', description: 'a', fhirVersion: '4.0.1', format: ['json'], rest: [{ mode: 'server', resource: [{ type: 'Patient', ...extension }] }] });

it.each([
  ['a rule on a choice by its JSON name, kept', long('m'), []],
  ['a rule on a choice by its JSON name, broken', long('cm'), ['http://a.example/in-metres#m-1 Observation']],
  ['a rule on a value, kept', coded({ value: '123456789' }), []],
  ['a rule on a value, broken', coded({ value: '1' }), ['http://a.example/coded#c-1 Patient.identifier[0].value']],
  ['a rule on a value, of which there are only extensions', coded({ _value: { extension: [{ url: 'http://a.example/other', valueCode: 'a' }] } }), ['http://a.example/coded#c-1 Patient.identifier[0].value']],
  ['a rule on a value that asks for its extension', coded({ _value: { extension: [{ url: 'http://a.example/why', valueCode: 'a' }] } }), []],
  ['an element that must not be there, with only an extension', { ...coded({ value: '123456789' }), _birthDate: { extension: [{ url: 'http://a.example/why', valueCode: 'a' }] } }, ['Validation_VAL_Profile_Maximum Patient']],
  ['a part of a line of an address', line({}, street), []],
  ['a part of a line of an address twice', line(street, [...street, ...street]), ['Validation_VAL_Profile_Maximum_SLICE Patient.address[0].line[1]']],
  ['the name of an example', about('instance-name', { valueString: 'a' }), []],
  ['the name of an example, of another type', about('instance-name', { valueBoolean: true }), ['Extension_EXT_Type Patient.meta.extension[0]']],
  ['the name of an example elsewhere', { resourceType: 'Patient', name: [{ family: 'a', extension: [{ url: `${core}instance-name`, valueString: 'a' }] }] }, ['Extension_EXTP_Context_Wrong Patient.name[0]']],
  ['an expectation of a resource type', expects({ extension: [{ url: `${core}capabilitystatement-expectation`, valueCode: 'SHALL' }] }), []],
  ['a part of an extension', parted({ valueCode: 'a' }), []],
  ['a part of an extension, of another type', parted({ valueString: 'a' }), ['Extension_PROF_Type Patient.extension[0].extension[0].value.ofType(string)']],
  ['a part that the extension has not', parted({ url: 'parts', valueCode: 'a' }), ['Extension_EXT_SubExtension_Invalid Patient.extension[0].extension[0]']],
  ['a part that one type of a choice has', identified({ type: { text: 'a' }, value: '1' }), []],
  ['a part that one type of a choice has, missing', identified({ value: '1' }), ['Validation_VAL_Profile_Minimum Patient.extension[0].value.ofType(Identifier)']],
  ['a text where a value set is required that nobody has', bound({ category: [{ text: 'a' }, { coding: [{ system: 'http://a.example/codes' }] }] }), []],
  ['a code without a system where a value set is required that nobody has', bound({ category: [{ coding: [{ code: 'a' }] }] }), []],
  ['a text where a value set is required', bound({ method: { text: 'a' } }), ['Terminology_TX_Code_ValueSet Observation.method']],
  ['a code without a system where a value set is required that has it', gendered({ code: 'male' }), []],
  ['a code without a system where a value set is required that has it not', gendered({ code: 'a' }), ['Terminology_TX_NoValid_12 Patient.extension[0].value.ofType(Coding)']],
  ['no code where a value set is required', gendered({ system: 'http://hl7.org/fhir/administrative-gender' }), ['Terminology_TX_NoValid_12 Patient.extension[0].value.ofType(Coding)']],
  ['a required code of which there are only extensions', { resourceType: 'Patient', extension: [{ url: 'http://a.example/sexed', _valueCode: { extension: [{ url: 'http://a.example/why', valueCode: 'a' }] } }] }, ['Terminology_TX_Code_ValueSet_MISSING Patient.extension[0].value.ofType(code)']],
  ['a rule that asks for the value of a primitive, broken', bound({ status: 'amended' }), ['http://a.example/bound#b-1 Observation.status']],
  ['two security labels', { resourceType: 'Patient', meta: { security: [label('R'), label('N')] } }, []],
  ['one security label twice', { resourceType: 'Patient', meta: { security: [label('R'), { ...label('R'), display: 'restricted' }] } }, ['Meta_RES_Security_Duplicate Patient.meta.security[1]']],
  ['a type beside a reference', { ...observation, subject: { reference: 'urn:uuid:6e1c8a7e-1111-4222-8333-944445555666', type: 'Patient' } }, []],
  ['the url of a type beside a reference', { ...observation, subject: { reference: 'urn:uuid:6e1c8a7e-1111-4222-8333-944445555666', type: `${core}Patient` } }, ['Reference_REF_BadTargetType Observation.subject']],
  ['an extension of another version', { resourceType: 'Patient', extension: [{ url: 'http://a.example/parted|1', extension: [{ url: 'part', valueCode: 'a' }] }] }, ['EXT_VER_URL_REVERSION Patient.extension[0]', '_DT_Fixed_Wrong Patient.extension[0].url']],
] as const)('%s', (_name, resource, expected) => {
  expect(validator.validate(Buffer.from(JSON.stringify(resource))).filter((f) => f.severity === 'error').map((f) => `${f.messageId} ${f.expression}`)).toEqual(expected);
});
