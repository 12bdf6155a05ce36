import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

const base = 'http://a.example';
/** A profile of Parameters with one parameter, `subject`: required, once, a Reference to a Patient. */
const profile = { resourceType: 'StructureDefinition', url: `${base}/in`, name: 'In', status: 'active', kind: 'resource', abstract: false, type: 'Parameters', derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Parameters', differential: { element: [
    { id: 'Parameters.parameter', path: 'Parameters.parameter', slicing: { discriminator: [{ type: 'value', path: 'name' }], rules: 'open' } },
    { id: 'Parameters.parameter:subject', path: 'Parameters.parameter', sliceName: 'subject', min: 1, max: '1' },
    { id: 'Parameters.parameter:subject.name', path: 'Parameters.parameter.name', fixedString: 'subject' },
    { id: 'Parameters.parameter:subject.value[x]', path: 'Parameters.parameter.value[x]', min: 1, type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }] }] } };
const operation = (more: object) => ({ resourceType: 'OperationDefinition', url: `${base}/op`, name: 'Op', status: 'active', kind: 'operation', code: 'op', system: false, type: true, instance: false, ...more });
const around = { ...operation({ base: `${base}/op` }), url: `${base}/around` };

let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-operation-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [profile, around].map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const said = (resource: object): string[] => validator.validate(Buffer.from(JSON.stringify(resource)))
  .filter((f) => f.severity !== 'information').map((f) => `${f.severity} ${f.expression.slice(f.expression.indexOf('.') + 1)} ${f.messageId ?? ''}`);

const subject = { name: 'subject', use: 'in', min: 1, max: '1', type: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] };
const takes = (...parameter: object[]) => operation({ inputProfile: `${base}/in`, parameter });
it.each([
  ['as its profile has it', takes(subject), []],
  ['optional, where the profile requires it', takes({ ...subject, min: 0 }), ['error parameter[0] OPDEF_PROFILE_NOT_VALUE_MISMATCH']],
  ['repeating, where the profile has it once', takes({ ...subject, max: '*' }), ['error parameter[0] OPDEF_PROFILE_NOT_VALUE_MISMATCH']],
  ['of another type', takes({ name: 'subject', use: 'in', min: 1, max: '1', type: 'string' }),
    ['error parameter[0] OPDEF_PROFILE_TYPE_NOT_IN_PARAMS', 'error parameter[0] OPDEF_PROFILE_TYPE_NOT_IN_PROFILE', 'error parameter[0] OPDEF_PROFILE_PROFILE_NOT_IN_PARAMS']],
  ['of other targets', takes({ ...subject, targetProfile: ['http://hl7.org/fhir/StructureDefinition/Group'] }), ['error parameter[0] OPDEF_PROFILE_PROFILE_NOT_IN_PROFILE', 'error parameter[0] OPDEF_PROFILE_PROFILE_NOT_IN_PARAMS']],
  ['given out, not taken in', takes({ ...subject, use: 'out' }), ['warning inputProfile OPDEF_PROFILE_NOT_IN_PARAM']],
  ['and another one', takes(subject, { name: 'other', use: 'in', min: 0, max: '1', type: 'string' }), ['warning parameter[1] OPDEF_PROFILE_NOT_IN_PROFILE']],
  ['by a profile that nobody has', operation({ outputProfile: `${base}/none` }), ['warning outputProfile OPDEF_PROFILE_NOT_FOUND']],
  ['by a profile of something else', operation({ outputProfile: 'http://hl7.org/fhir/StructureDefinition/Patient' }), ['error outputProfile OPDEF_PROFILE_NOT_PARAMETERS']],
  ['based on itself', operation({ base: `${base}/around` }), ['error OperationDefinition OPDEF_CIRCULAR_DEFINITION']],
  ['a resource with a profile: what R4 forbids by mistake', operation({ parameter: [{ name: 'p', use: 'in', min: 0, max: '1', type: 'Questionnaire', targetProfile: [`${base}/q`] }] }), []],
  ['a text with a profile', operation({ parameter: [{ name: 'p', use: 'in', min: 0, max: '1', type: 'string', targetProfile: [`${base}/q`] }] }), ['error parameter[0] http://hl7.org/fhir/StructureDefinition/OperationDefinition#opd-3']],
] as const)('a parameter: %s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
