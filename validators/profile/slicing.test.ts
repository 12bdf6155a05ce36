import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

type Element = { readonly id: string; readonly [key: string]: unknown };
/** A profile of Patient from elements by id; paths follow from the ids. */
const profile = (name: string, elements: readonly Element[]) => ({ resourceType: 'StructureDefinition', url: `http://a.example/${name}`, name, status: 'active', kind: 'resource', abstract: false, type: 'Patient',
  derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  differential: { element: elements.map((e) => ({ path: e.id.replace(/:[\w/-]+/g, ''), ...(/:([\w/-]+)$/.test(e.id) ? { sliceName: /:([\w/-]+)$/.exec(e.id)![1] } : {}), ...e })) } });
const by = (type: string, path: string, more: object = {}) => ({ slicing: { discriminator: [{ type, path }], rules: 'open', ...more } });
const telecom = (rules: object = {}): Element[] => [{ id: 'Patient.telecom', ...by('value', 'system', rules) },
  { id: 'Patient.telecom:phone', min: 1, max: '1' }, { id: 'Patient.telecom:phone.system', min: 1, fixedCode: 'phone' },
  { id: 'Patient.telecom:mail', min: 0, max: '1' }, { id: 'Patient.telecom:mail.system', min: 1, fixedCode: 'email' }];
const mrn = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] };
const definitions = [
  profile('value', telecom()), profile('closed', telecom({ rules: 'closed' })), profile('ordered', telecom({ ordered: true })), profile('at-end', telecom({ rules: 'openAtEnd' })),
  profile('pattern', [{ id: 'Patient.identifier', ...by('pattern', 'type') }, { id: 'Patient.identifier:mrn', min: 1, max: '1' }, { id: 'Patient.identifier:mrn.type', min: 1, patternCodeableConcept: mrn }]),
  { resourceType: 'ValueSet', url: 'http://a.example/elsewhere', status: 'active', compose: { include: [{ system: 'http://a.example/nobody-has', filter: [{ property: 'a', op: '=', value: 'b' }] }] } },
  ...['open', 'closed'].map((rules) => profile(`bound-${rules}`, [{ id: 'Patient.identifier', ...by('value', 'type', { rules }) }, { id: 'Patient.identifier:known', min: 1, max: '1' }, { id: 'Patient.identifier:known.type', min: 1, binding: { strength: 'required', valueSet: 'http://a.example/elsewhere' } }])),
  profile('exists', [{ id: 'Patient.name', ...by('exists', 'family') }, { id: 'Patient.name:full', min: 1, max: '1' }, { id: 'Patient.name:full.family', min: 1 }, { id: 'Patient.name:short', min: 0, max: '1' }, { id: 'Patient.name:short.family', max: '0' }]),
  profile('type', [{ id: 'Patient.deceased[x]', ...by('type', '$this') }, { id: 'Patient.deceased[x]:deceasedDateTime', min: 1, max: '1', type: [{ code: 'dateTime' }] }]),
  profile('resolved', [{ id: 'Patient.generalPractitioner', ...by('type', 'resolve()') }, { id: 'Patient.generalPractitioner:practice', min: 1, max: '1', type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Organization'] }] }]),
  profile('position', [{ id: 'Patient.name', ...by('position', '$this') }, { id: 'Patient.name:first', min: 1, max: '1' }, { id: 'Patient.name:first.family', min: 1 }, { id: 'Patient.name:others', min: 0, max: '*' }, { id: 'Patient.name:others.text', min: 1 }]),
  profile('resliced', [...telecom(), { id: 'Patient.telecom:phone', min: 1, max: '*', ...by('value', 'use') }, { id: 'Patient.telecom:phone/home', min: 1, max: '1' }, { id: 'Patient.telecom:phone/home.use', min: 1, fixedCode: 'home' }]),
];
let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-slicing-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: definitions.map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const phone = { system: 'phone', value: '1' }, mail = { system: 'email', value: 'a' }, fax = { system: 'fax', value: '2' };
const unsure = 'Terminology_TX_ValueSet_NotFound Patient.identifier[0]';
const missing = 'Validation_VAL_Profile_Minimum_SLICE Patient', many = 'Validation_VAL_Profile_Maximum_SLICE Patient';

it.each([
  ['value', { telecom: [mail, phone, fax] }, []],
  ['value', { telecom: [mail, fax] }, [missing]],
  ['value', { telecom: [phone, phone] }, [many]],
  ['closed', { telecom: [phone, fax] }, ['Validation_VAL_Profile_NotSlice Patient.telecom[1]']],
  ['ordered', { telecom: [phone, mail] }, []],
  ['ordered', { telecom: [mail, phone] }, ['Validation_VAL_Profile_OutOfOrder Patient.telecom[1]']],
  ['at-end', { telecom: [phone, mail, fax] }, []],
  ['at-end', { telecom: [fax, phone] }, ['Validation_VAL_Profile_OutOfOrder Patient.telecom[1]']],
  ['pattern', { identifier: [{ type: { ...mrn, text: 'x' }, value: '1' }] }, []],
  ['pattern', { identifier: [{ value: '1' }] }, [missing]],
  ['bound-open', { identifier: [{ type: { coding: [{ system: 'http://a.example/nobody-has', code: 'x' }] } }] }, [unsure]],
  ['bound-closed', { identifier: [{ type: { coding: [{ system: 'http://a.example/nobody-has', code: 'x' }] } }] }, [unsure]],
  ['bound-open', { identifier: [{ type: mrn }] }, [missing]],
  ['bound-closed', { identifier: [{ value: '1' }] }, ['Validation_VAL_Profile_NotSlice Patient.identifier[0]', missing]],
  ['exists', { name: [{ family: 'a' }, { text: 'b' }] }, []],
  ['exists', { name: [{ text: 'b' }] }, [missing]],
  ['type', { deceasedDateTime: '2020' }, []],
  ['type', { deceasedBoolean: true }, [missing]],
  ['resolved', { generalPractitioner: [{ reference: 'Organization/1' }] }, []],
  ['resolved', { generalPractitioner: [{ reference: 'Practitioner/1' }] }, [missing]],
  ['position', { name: [{ family: 'a' }, { text: 'b' }] }, []],
  ['position', { name: [{ text: 'a' }, { family: 'b' }] }, ['Validation_VAL_Profile_Minimum Patient.name[0]', 'Validation_VAL_Profile_Minimum Patient.name[1]']],
  ['resliced', { telecom: [{ ...phone, use: 'home' }, { ...phone, use: 'work' }] }, []],
  ['resliced', { telecom: [{ ...phone, use: 'work' }] }, [missing]],
] as const)('%s: %j', (name, patient, expected) => {
  expect(validator.validate(Buffer.from(JSON.stringify({ resourceType: 'Patient', ...patient })), { profiles: [`http://a.example/${name}`] }).filter((f) => !f.rule.startsWith('terminology-')).map((f) => `${f.messageId} ${f.expression}`)).toEqual(expected);
});
