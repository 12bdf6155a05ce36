import { beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages([]) }); }, 60_000);

const patient = (more: object) => ({ resourceType: 'Patient', id: 'p', ...more });
const note = (text: string) => ({ resourceType: 'Communication', status: 'completed', note: [{ text }] });
const link = (reference: string) => ({ resourceType: 'Patient', managingOrganization: { reference } });
it.each([
  ['a sibling without content', patient({ gender: 'male', _gender: {} }), ['error Patient.gender Object_must_have_some_content']],
  ['a sibling with an id', patient({ gender: 'male', _gender: { id: 'g' } }), []],
  ['only a sibling of the id', { resourceType: 'Patient', _id: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } },
    ['error Patient.id Resource_RES_ID_Malformed_Chars', 'error Patient.id Type_Specific_Checks_DT_Primitive_NotEmpty', 'error Patient.id http://hl7.org/fhir/StructureDefinition/Element#ele-1']],
  ['an identifier system whose scheme is in capitals', patient({ identifier: [{ system: 'HTTPS://a.example', value: 'v' }] }), ['error Patient.identifier[0] Type_Specific_Checks_DT_Identifier_System']],
  ['an abstract type claimed as profile', patient({ meta: { profile: ['http://hl7.org/fhir/StructureDefinition/DomainResource'] } }), ['error Patient Validation_VAL_Profile_WrongType']],
  ['a tag in Markdown', note('the <res> were'), ['warning Communication.note[0].text TYPE_SPECIFIC_CHECKS_DT_MARKDOWN_HTML']],
  ['a comment in Markdown', note('the <!-- res --> were'), ['warning Communication.note[0].text TYPE_SPECIFIC_CHECKS_DT_MARKDOWN_HTML']],
  ['an escaped tag in Markdown', note('the \\<res> were'), []],
  ['less than, in Markdown', note('K <4, Na<b'), []],
  ['a conditional reference', link('Organization?identifier=http://a.example|1&active=true'), []],
  ['a conditional reference that is no search', link('Organization?identifier=1&?=='), ['error Patient.managingOrganization Reference_REF_Format1']],
  ['a reference with a blank', link('Organization/a b'), ['error Patient.managingOrganization REFERENCE_REF_INVALID_REF']],
  ['a reference with a no-break space, which Java takes for no blank', link('Organization/a\u00a0'), ['warning Patient.managingOrganization REFERENCE_REF_SUSPICIOUS']],
] as const)('%s', (_name, resource, expected) => {
  expect(validator.validate(Buffer.from(JSON.stringify(resource))).filter(({ severity }) => severity !== 'information').map((f) => `${f.severity} ${f.expression} ${f.messageId ?? ''}`)).toEqual(expected);
});
