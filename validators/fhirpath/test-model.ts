import { type DefinitionLike, buildModel } from './build-model.ts';

type Element = { path: string; type?: string; max?: string };
const specialisation = (type: string, kind: string, base: string | undefined, elements: readonly Element[]): DefinitionLike => ({
  type, kind, derivation: 'specialization',
  ...(base === undefined ? {} : { baseDefinition: `http://hl7.org/fhir/StructureDefinition/${base}` }),
  snapshot: { element: [{ path: type }, ...elements.map(({ path, type: codes = '', max = '1' }) => ({ path, max, type: codes.split(' ').map((code) => ({ code })) }))] },
});

/** A few types, enough for unit tests; the conformance tests use all of R4. */
export const testModel = buildModel([
  ...['string', 'boolean', 'integer', 'decimal', 'date', 'dateTime', 'code', 'uri', 'canonical', 'id', 'xhtml'].map((type) =>
    specialisation(type, 'primitive-type', { code: 'string', id: 'string', canonical: 'uri' }[type] ?? 'Element', [])),
  specialisation('Element', 'complex-type', undefined, [{ path: 'Element.id', type: 'string' }, { path: 'Element.extension', type: 'Extension', max: '*' }]),
  specialisation('BackboneElement', 'complex-type', 'Element', []),
  specialisation('Extension', 'complex-type', 'Element', [{ path: 'Extension.extension', type: 'Extension', max: '*' }, { path: 'Extension.url', type: 'uri' }, { path: 'Extension.value[x]', type: 'string boolean Quantity' }]),
  specialisation('Quantity', 'complex-type', 'Element', [{ path: 'Quantity.value', type: 'decimal' }, { path: 'Quantity.unit', type: 'string' }, { path: 'Quantity.system', type: 'uri' }, { path: 'Quantity.code', type: 'code' }]),
  specialisation('Period', 'complex-type', 'Element', [{ path: 'Period.start', type: 'dateTime' }, { path: 'Period.end', type: 'dateTime' }]),
  specialisation('Reference', 'complex-type', 'Element', [{ path: 'Reference.reference', type: 'string' }]),
  specialisation('Resource', 'resource', undefined, [{ path: 'Resource.id', type: 'id' }]),
  specialisation('DomainResource', 'resource', 'Resource', [{ path: 'DomainResource.id', type: 'id' }, { path: 'DomainResource.contained', type: 'Resource', max: '*' }]),
  specialisation('Patient', 'resource', 'DomainResource', [
    { path: 'Patient.id', type: 'id' }, { path: 'Patient.contained', type: 'Resource', max: '*' }, { path: 'Patient.extension', type: 'Extension', max: '*' },
    { path: 'Patient.active', type: 'boolean' }, { path: 'Patient.birthDate', type: 'date' }, { path: 'Patient.gender', type: 'code' },
    { path: 'Patient.multipleBirth[x]', type: 'boolean integer' }, { path: 'Patient.weight', type: 'decimal' }, { path: 'Patient.period', type: 'Period' },
    { path: 'Patient.alias', type: 'string', max: '*' }, { path: 'Patient.link', type: 'BackboneElement', max: '*' }, { path: 'Patient.link.other', type: 'Reference' }, { path: 'Patient.link.type', type: 'code' },
  ]),
]);
