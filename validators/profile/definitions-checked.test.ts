// Questionnaire, ConceptMap, ValueSet and StructureDefinition as resources to be checked themselves.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

const base = 'http://a.example';
const codeSystem = { resourceType: 'CodeSystem', url: `${base}/cs`, status: 'active', content: 'complete', caseSensitive: true, property: [{ code: 'of', uri: `${base}/of`, type: 'Coding' }],
  concept: [{ code: 'a', display: 'First', definition: 'x' }, { code: 'b', display: 'Second', definition: 'x' }] };
const valueSet = { resourceType: 'ValueSet', url: `${base}/vs`, status: 'active', compose: { include: [{ system: `${base}/cs`, concept: [{ code: 'a' }] }] } };
const extension = (name: string, url: string, baseDefinition: string) => ({ resourceType: 'StructureDefinition', url: `${base}/${name}`, name, status: 'active', kind: 'complex-type', abstract: false, type: 'Extension', derivation: 'constraint',
  baseDefinition, context: [{ type: 'element', expression: 'Patient' }], differential: { element: [{ id: 'Extension', path: 'Extension' }, { id: 'Extension.url', path: 'Extension.url', fixedUri: url }] } });
const root = extension('root', `${base}/root`, 'http://hl7.org/fhir/StructureDefinition/Extension');

let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-definitions-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [codeSystem, valueSet, root].map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const said = (resource: object): string[] => validator.validate(Buffer.from(JSON.stringify(resource)))
  .filter((f) => f.rule === 'profile-conformance-resource' || f.rule === 'profile-questionnaire').map((f) => `${f.severity} ${f.code} ${f.expression.slice(f.expression.indexOf('.') + 1)}`);

describe('a ConceptMap', () => {
  const map = (code: string, target: object, more: object = {}) => ({ resourceType: 'ConceptMap', status: 'active', sourceCanonical: `${base}/vs`,
    group: [{ source: `${base}/cs`, target: `${base}/cs`, element: [{ code, target: [{ equivalence: 'equal', ...target }] }] }], ...more });
  it.each([
    ['maps what there is', map('a', { code: 'b', display: 'Second' }), []],
    ['maps what is not in its value set', map('b', { code: 'b' }), ['error required group[0].element[0].code']],
    ['maps what nobody has', map('z', { code: 'b' }), ['error required group[0].element[0].code']],
    ['maps to what nobody has', map('a', { code: 'z' }), ['error required group[0].element[0].target[0].code']],
    ['gives another display', map('a', { code: 'b', display: 'Third' }), ['warning required group[0].element[0].target[0].code']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});

describe('a ValueSet', () => {
  const set = (include: object, more: object = {}) => ({ resourceType: 'ValueSet', url: `${base}/other`, status: 'active', compose: { include: [include] }, ...more });
  const parameter = { extension: [{ url: 'http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter', extension: [{ url: 'name', valueCode: 'p-one' }] }] };
  const filtered = (language: string, expression: string) => set({ system: `${base}/cs`, filter: [{ property: 'code', op: '=', _value: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/cqf-expression', valueExpression: { language, expression } }] } }] }, parameter);
  const place = 'compose.include[0].filter[0].extension[0].value.ofType(Expression)';
  it.each([
    ['lists codes there are', set({ system: `${base}/cs`, concept: [{ code: 'b' }] }), []],
    ['lists a code nobody has', set({ system: `${base}/cs`, concept: [{ code: 'z' }] }), ['error business-rule compose.include[0].concept[0]']],
    ['lists what is no SNOMED CT identifier', set({ system: 'http://snomed.info/sct', concept: [{ code: '73211009' }, { code: '73211008' }] }), ['error business-rule compose.include[0].concept[1]']],
    ['filters by a coding there is', set({ system: `${base}/cs`, filter: [{ property: 'of', op: '=', value: `${base}/cs#a` }] }), []],
    ['filters by a coding nobody has', set({ system: `${base}/cs`, filter: [{ property: 'of', op: '=', value: `${base}/cs#z` }] }), ['error invalid compose.include[0].filter[0]']],
    ['filters by its parameter', filtered('text/fhirpath', "%p-one & '%other'"), []],
    ['filters by a parameter it does not declare', filtered('text/fhirpath', '%p-two'), [`error exception ${place}`]],
    ['filters by what is no FHIRPath', filtered('text/fhirpath', '$ and %p-one'), [`error exception ${place}`]],
    ['filters by another language', filtered('text/cql', 'x'), [`error invalid ${place}`]],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});

describe('a SearchParameter', () => {
  const parameter = (expression: string, more: object = {}) => ({ resourceType: 'SearchParameter', url: `${base}/sp`, name: 'Sp', status: 'active', description: 'x', code: 'sp', base: ['Patient'], type: 'token', expression, ...more });
  const core = 'http://hl7.org/fhir/SearchParameter';
  it.each([
    ['has an expression', parameter("(Patient.deceased.exists() and Patient.deceased != false)"), []],
    ['has an expression that is none', parameter('Patient.name.where(use = '), ['error invalid expression']],
    ['is a composite of one', parameter('Patient', { type: 'composite', component: [{ definition: `${core}/clinical-code`, expression: 'code' }] }), ['error business-rule SearchParameter']],
    ['is derived as it should', parameter('Patient.gender', { derivedFrom: `${core}/individual-gender` }), []],
    ['is derived with another type and base', parameter('Patient.gender', { type: 'string', base: ['Group'], derivedFrom: `${core}/individual-gender` }), ['error business-rule SearchParameter', 'error business-rule SearchParameter']],
    ['is derived from what nobody has', parameter('Patient.gender', { derivedFrom: `${base}/none` }), ['warning business-rule SearchParameter']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });

  it('has an expression of FHIR’s own', () => {
    const { definitions } = validator.program.catalog;
    const own = definitions.rows.filter(({ kind }) => kind === 'SearchParameter').map(({ url }) => definitions.get('SearchParameter', url)!);
    expect(own.length).toBeGreaterThan(1000);
    expect(own.flatMap((one) => said({ ...one, resourceType: 'SearchParameter' }).map((what) => `${one.url} ${what}`)).filter((what) => what.endsWith('expression'))).toEqual([]);
  });
});

describe('a Questionnaire', () => {
  const item = (linkId: string, question?: string, more: object = {}) => ({ linkId, type: 'boolean', ...(question ? { enableWhen: [{ question, operator: '=', answerBoolean: true }] } : {}), ...more });
  const asks = (...items: object[]) => ({ resourceType: 'Questionnaire', status: 'active', item: items });
  it.each([
    ['asks in order', asks(item('a'), item('b', 'a')), []],
    ['asks by what comes later', asks(item('b', 'a'), item('a')), ['warning business-rule item[0]']],
    ['asks by what is within', asks(item('b', 'a', { type: 'group', item: [item('a')] })), ['error business-rule item[0]']],
    ['asks by itself', asks(item('a', 'a')), ['error business-rule item[0]']],
    ['asks by nothing there', asks(item('a', 'z')), ['error business-rule item[0]']],
    ['asks within a group by what is before it', asks(item('a'), item('g', undefined, { type: 'group', item: [item('b', 'a')] })), []],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});

describe('a StructureDefinition', () => {
  const profile = (type: object) => ({ resourceType: 'StructureDefinition', url: `${base}/p`, name: 'P', status: 'active', kind: 'resource', abstract: false, type: 'Observation', derivation: 'constraint',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation', differential: { element: [{ id: 'Observation', path: 'Observation' }, { id: 'Observation.value[x]', path: 'Observation.value[x]', type: [type] }] } });
  it.each([
    ['narrows', profile({ code: 'Quantity', profile: ['http://hl7.org/fhir/StructureDefinition/SimpleQuantity'] }), []],
    ['gives an element a profile of another type', profile({ code: 'Quantity', profile: ['http://hl7.org/fhir/StructureDefinition/Count'] }), ['error exception differential.element[1].type[0].profile[0]']],
    ['fixes another value than its base', extension('derived', `${base}/derived`, `${base}/root`), ['error value differential.element[1]']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});

describe('what others refer to by its url', () => {
  const library = { resourceType: 'Library', status: 'active', type: { text: 'x' } };
  it.each([
    ['has an absolute one', { ...library, url: `${base}/l` }, []],
    ['has none', library, []],
    ['has the URN of a UUID', { ...library, url: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' }, []],
    ['has a relative one', { ...library, url: 'Library/l' }, ['error invalid url']],
    ['has a relative one where it is contained', { ...library, url: `${base}/l`, contained: [{ ...library, id: 'a', url: 'l' }], relatedArtifact: [{ type: 'depends-on', resource: '#a' }] }, ['error invalid contained[0].url']],
    ['is a contract, which nobody refers to so', { resourceType: 'Contract', url: 'Contract/c' }, []],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});

it('tells of a property of a CodeSystem that has no uri, as a hint', () => {
  const resource = { ...codeSystem, property: [{ code: 'of', type: 'Coding' }] };
  const hints = validator.validate(Buffer.from(JSON.stringify(resource)), { hints: true }).filter((f) => f.rule === 'profile-conformance-resource');
  expect([said(resource), hints.map((f) => `${f.severity} ${f.expression}`)]).toEqual([[], ['information CodeSystem.property[0]']]);
});

describe('a profile', () => {
  const profile = (more: object, ...constraint: object[]) => ({ resourceType: 'StructureDefinition', url: `${base}/profile`, name: 'Profile', status: 'active', kind: 'resource', abstract: false, type: 'Patient', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    snapshot: { element: [{ id: 'Patient', path: 'Patient', min: 0, max: '*', definition: 'a', base: { path: 'Patient', min: 0, max: '*' } },
      { id: 'Patient.contact', path: 'Patient.contact', min: 0, max: '*', definition: 'a', base: { path: 'Patient.contact', min: 0, max: '*' }, type: [{ code: 'BackboneElement' }], constraint: constraint.map((c, i) => ({ key: `p-${i}`, severity: 'error', human: 'a', ...c })) }] },
    differential: { element: [{ id: 'Patient.contact', path: 'Patient.contact', definition: 'a' }] }, ...more });
  const place = 'error invalid snapshot.element[1].constraint';
  it.each([
    ['asks for what its element has', profile({}, { expression: 'name.exists() or telecom.exists()' }), []],
    ['asks for what its element has not', profile({}, { expression: 'name.exists()' }, { expression: 'contact.name.exists()' }), [`${place}[1]`]],
    ['asks in no FHIRPath', profile({}, { expression: 'name.exists( or' }), [`${place}[0]`]],
    ['has from its base what it has not', profile({}, { expression: 'contact.name.exists()', source: `${base}/other` }), []],
    ['is of another kind than its base', profile({ kind: 'complex-type' }), ['error invalid StructureDefinition']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});

describe('a StructureMap', () => {
  const map = (...rule: object[]) => ({ resourceType: 'StructureMap', url: `${base}/map`, name: 'Map', status: 'active', group: [{ name: 'a', typeMode: 'none', input: [{ name: 'in', mode: 'source' }, { name: 'out', mode: 'target' }], rule }] });
  const rule = (source: string, target: string, more: object = {}) => ({ name: 'b', source: [{ context: source, variable: 's' }], target: [{ context: target, contextType: 'variable', variable: 't' }], ...more });
  it.each([
    ['reads and writes what it is given, and what it named', map(rule('in', 'out', { rule: [rule('s', 't')] })), []],
    ['reads and writes what nobody named', map(rule('out', 'in')), ['error unknown group[0].rule[0].source[0]', 'error unknown group[0].rule[0].target[0]']],
    ['reads what another rule named', map(rule('in', 'out'), rule('s', 'out')), ['error unknown group[0].rule[1].source[0]']],
  ] as const)('%s', (_name, resource, expected) => { expect(said(resource)).toEqual(expected); });
});

it('checks an extension whose url names a version, and says that it must not', () => {
  const patient = { resourceType: 'Patient', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName|4.0.1', valueBoolean: true }] };
  const found = validator.validate(Buffer.from(JSON.stringify(patient))).map((f) => `${f.severity} ${f.messageId ?? f.code} ${f.expression}`);
  expect(found).toEqual(['error EXT_VER_URL_NOT_ALLOWED Patient.extension[0]', 'error _DT_Fixed_Wrong Patient.extension[0].url', 'error Extension_EXT_Type Patient.extension[0]']);
});

it.each([['Observation.component', []], ['Observation..unit', ['error eld-19', 'warning eld-20']], ['Observation.a-b', ['warning eld-20']]])('takes %s for the whole path, where R4 would find its pattern anywhere', (path, expected) => {
  const resource = { ...root, url: `${base}/p`, type: 'Observation', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation', context: undefined, differential: { element: [{ id: path, path }] } };
  const found = validator.validate(Buffer.from(JSON.stringify(resource))).filter((f) => f.expression.endsWith('element[0]')).map((f) => `${f.severity} ${f.rule.split('/')[1] ?? ''}`);
  expect(found.filter((one) => one.includes('eld-'))).toEqual(expected);
});
