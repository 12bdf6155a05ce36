import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator, type ValidateOptions } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);

const bytes = Buffer.from('a note');
const data = bytes.toString('base64'), hash = createHash('sha1').update(bytes).digest('base64');
const found = (resource: object, options?: ValidateOptions): string[] => validator.validate(Buffer.from(JSON.stringify(resource)), options).map((f) => `${f.severity} ${f.messageId ?? f.rule} ${f.expression}`);
const media = (content: object) => ({ resourceType: 'Media', status: 'completed', content: { contentType: 'text/plain', ...content } });

it.each([
  ['size and hash of its data', { data, size: bytes.length, hash }, []],
  ['another size', { data, size: 5 }, ['error Type_Specific_Checks_DT_ATT_SIZE_CORRECT Media.content']],
  ['another hash', { data, hash: createHash('sha1').update('another').digest('base64') }, ['error profile-attachment Media.content']],
  ['the hash of what is elsewhere', { url: 'http://a.example/1', hash }, []],
  ['a hash in hexadecimal', { data, hash: createHash('sha1').update(bytes).digest('hex') }, ['error profile-attachment Media.content']],
] as const)('an attachment with %s', (_name, content, expected) => { expect(found(media(content))).toEqual(expected); });

it('finds HTML in texts where it is asked to', () => {
  const patient = { resourceType: 'Patient', name: [{ text: 'Ann <b>Bold</b>' }, { text: 'a < b and c > d' }] };
  expect([found(patient), found(patient, { hints: true }), found(patient, { securityChecks: true })]).toEqual([[], ['information SECURITY_STRING_CONTENT_WARNING Patient.name[0].text'], ['error SECURITY_STRING_CONTENT_ERROR Patient.name[0].text']]);
});

it('passes over a byte order mark', () => {
  expect(validator.validate(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"resourceType":"Patient","active":true}')]))).toEqual([]);
});

it('takes a choice and its sibling for one value, in either order', () => {
  const more = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
  expect(found({ resourceType: 'Patient', _deceasedBoolean: { id: 'a' }, deceasedBoolean: true })).toEqual([]);
  expect(found({ resourceType: 'Patient', deceasedBoolean: true, _deceasedBoolean: { id: 'a' } })).toEqual([]);
  expect(found({ resourceType: 'Patient', _deceasedDateTime: more, deceasedBoolean: true })).toContain('error Validation_VAL_Profile_Maximum Patient');
});

it('takes an image of a narrative for a reference to what is contained', () => {
  const image = (src: string) => ({ resourceType: 'Patient', contained: [{ resourceType: 'Binary', id: 'logo', contentType: 'image/png', data }], text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><img src="${src}" alt="x"/></div>` } });
  expect([found(image('#logo')), found(image('http://a.example/logo.png'))]).toEqual([[], ['error CONTAINED_ORPHAN_DOM3 Patient.contained[0]']]);
});
