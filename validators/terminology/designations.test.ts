import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from '../profile/validator.ts';

const system = 'http://a.example/animals';
const animals = { resourceType: 'CodeSystem', url: system, status: 'active', content: 'complete', language: 'en', concept: [
  { code: 'dog', display: 'Dog', designation: [{ language: 'de', value: 'Hund' }, { language: 'de-CH', value: 'Hündli' }, { language: 'fr', value: 'Chien' }] }] };
/** Another that does not say its language. */
const unsaid = { ...animals, url: `${system}-unsaid`, language: undefined };
/** Italian that a supplement adds. */
const supplement = { resourceType: 'CodeSystem', url: `${system}-it`, status: 'active', content: 'supplement', supplements: system, language: 'it', concept: [{ code: 'dog', display: 'Cane' }] };

let folder: string, validator: ProfileValidator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-displays-'));
  await writeFile(join(folder, 'all.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [animals, unsaid, supplement].map((resource) => ({ resource })) }));
  validator = createProfileValidator({ packages: await loadPackages([join(folder, 'all.json')]) });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const [wrong, wrongAndNone, elsewhere] = ['warning Display_Name_for__should_be_one_of__instead_of', 'warning NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR', 'information NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK'];

it.each([
  ['no language', system, undefined, 'chien', undefined], ['no language', system, undefined, 'Hound', wrong],
  ['German', system, 'de', 'hUnd', undefined], ['German', system, 'de', 'Hündli', undefined], ['German', system, 'de', 'Dog', wrong], ['German', system, 'de', 'Chien', wrong],
  ['Swiss German', system, 'de-CH', 'Hund', undefined], ['German of Germany', system, 'de-DE', 'Hündli', wrong],
  ['Italian, by a supplement', system, 'it', 'Cane', undefined], ['English', system, 'en-US', 'Dog', undefined],
  ['Dutch, which nobody has', system, 'nl', 'Dog', elsewhere], ['Dutch, which nobody has', system, 'nl', 'Hond', wrongAndNone],
  ['German, of a system that does not say its own language', `${system}-unsaid`, 'de', 'Dog', undefined], ['Dutch of such a system', `${system}-unsaid`, 'nl', 'Hond', wrong],
])('%s: %s in a resource in %s, displayed as %s', (_what, of, language, display, expected) => {
  const coding = { system: of, code: 'dog', display };
  const place = 'Observation.code.coding[0].display';
  const told = (resource: object, at: string): string[] => validator.validate(Buffer.from(JSON.stringify(resource))).filter(({ expression }) => expression === at).map(({ severity, messageId }) => `${severity} ${messageId}`);
  const observation = { resourceType: 'Observation', id: 'o', language, status: 'final', code: { coding: [coding, { system: 'http://loinc.org', code: '8867-4' }] } };
  expect(told(observation, place)).toEqual(expected === undefined ? [] : [expected]);
  // An entry's own language counts, not the Bundle's.
  const bundle = { resourceType: 'Bundle', language: 'fr', type: 'collection', entry: [{ fullUrl: 'http://a.example/Observation/o', resource: observation }] };
  expect(told(bundle, place.replace('Observation', 'Bundle.entry[0].resource'))).toEqual(expected === undefined ? [] : [expected]);
});
