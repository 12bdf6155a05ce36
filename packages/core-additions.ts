import type { Json } from './slim.ts';

/** A simple extension that every implementation guide may use without a package that defines it. */
const simple = (name: string, type: string, contexts: readonly string[]): Json => {
  const url = `http://hl7.org/fhir/StructureDefinition/${name}`;
  return { resourceType: 'StructureDefinition', id: name, url, name, version: '4.0.1', status: 'active', fhirVersion: '4.0.1', kind: 'complex-type', abstract: false, type: 'Extension',
    derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension', context: contexts.map((expression) => ({ type: 'element', expression })),
    differential: { element: [{ id: 'Extension', path: 'Extension' }, { id: 'Extension.extension', path: 'Extension.extension', max: '0' },
      { id: 'Extension.url', path: 'Extension.url', fixedUri: url }, { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, type: [{ code: type }] }] } };
};

/**
 * What R4 4.0.1 lacks and HL7's own validator brings with it (org.hl7.fhir.validation.instance.SpecialExtensions): what the
 * publisher of implementation guides says of an example, and of a type in a profile.
 */
export const coreAdditions: readonly Json[] = [
  simple('instance-name', 'string', ['Resource.meta']), simple('instance-description', 'markdown', ['Resource.meta']),
  simple('elementdefinition-type-must-support', 'boolean', ['ElementDefinition.type', 'ElementDefinition.type.profile', 'ElementDefinition.type.targetProfile']),
];
