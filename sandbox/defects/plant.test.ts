import { beforeAll, expect, test } from 'vitest';
import { loadFolders } from '../load.ts';
import { sampleFolders } from '../server.ts';
import { createStore, resourceOf, type Store } from '../store.ts';
import { at, listAt, numberOf, textAt, type JsonObject } from '../json-exact.ts';
import { allDefects } from './all-defects.ts';
import { plantDefects, type Label } from './plant.ts';

const loaded = () => {
  const store = createStore();
  loadFolders(store, sampleFolders, 0);
  return store;
};
let clean: Store, store: Store, labels: Label[];
beforeAll(() => {
  clean = loaded();
  store = loaded();
  labels = plantDefects(store, {});
});

const carriers = (rule: string): JsonObject[] =>
  labels.filter((label) => label.rule === rule).map(({ type, id }) => {
    const head = store.head(type, id);
    return head ? resourceOf(head) : {};
  });
const everything = (of: Store) => of.types().flatMap((type) => [...of.current(type)]);
const patientOf = (resource: JsonObject) => at(resource, 'subject', 'reference');

test('every defect is planted, and under 5% of the record carries one', () => {
  expect([...new Set(labels.map(({ rule }) => rule))].sort()).toEqual(allDefects.filter(({ hidden }) => hidden !== true).map(({ rule }) => rule).sort());
  expect(labels.filter(({ wrong }) => wrong).length).toBeLessThan(everything(store).length * 0.02);
});

test('the same seed plants the same, another seed other resources', () => {
  const again = loaded(), other = loaded();
  expect(plantDefects(again, {})).toEqual(labels);
  expect(everything(again).map(({ bytes }) => bytes?.toString())).toEqual(everything(store).map(({ bytes }) => bytes?.toString()));
  expect(plantDefects(other, { seed: 8 })).not.toEqual(labels);
});

test('what carries no label has the bytes it had, but for what a defect must change beside it', () => {
  const labelled = new Set(labels.map(({ type, id }) => `${type}/${id}`));
  const changed = everything(clean).filter((version) => !labelled.has(`${version.type}/${version.id}`) && store.head(version.type, version.id)?.bytes?.equals(version.bytes ?? Buffer.alloc(0)) !== true);
  // A note that no longer says what is billed, a result that is ordinary now.
  expect(changed.length).toBeLessThan(labels.length / 2);
  expect(new Set(changed.map(({ type }) => type)).isSubsetOf(new Set(['DocumentReference', 'Composition', 'Condition', 'Encounter', 'Observation', 'Procedure', 'ServiceRequest']))).toBe(true);
});

test('no label is in a resource, and one resource carries one defect', () => {
  const keys = labels.filter(({ id }) => id !== '').map(({ type, id }) => `${type}/${id}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const rule of new Set(labels.map((label) => label.rule)))
    for (const resource of carriers(rule)) expect(JSON.stringify(resource)).not.toContain(rule);
});

test('the check digits of the record before are right, by this test\'s own arithmetic', () => {
  const codes = (type: string, system: string) => [...clean.current(type)].flatMap((version) =>
    listAt(resourceOf(version), 'code', 'coding').filter((coding) => textAt(coding, 'system') === system).map((coding) => textAt(coding, 'code') ?? ''));
  expect(codes('Condition', 'http://snomed.info/sct').filter((one) => !validSnomed(one))).toEqual([]);
  expect(codes('Observation', 'http://loinc.org').filter((one) => !validLoinc(one))).toEqual([]);
});

const codes = (resource: JsonObject, system: string) => listAt(resource, 'code', 'coding').filter((coding) => textAt(coding, 'system') === system).map((coding) => textAt(coding, 'code') ?? '');
const code = (resource: JsonObject) => String(textAt(resource, 'code', 'coding', 0, 'code'));

test.each<[string, (resource: JsonObject) => boolean]>([
  ['value-blood-pressure', (o) => pressure(o, '8462-4') > pressure(o, '8480-6')],
  ['value-unit-fits', (o) => textAt(o, 'valueQuantity', 'code') === 'mm[Hg]'],
  ['time-future', (o) => String(o['effectiveDateTime']).startsWith('2091')],
  ['time-start-after-end', (p) => Date.parse(textAt(p, 'performedPeriod', 'start') ?? '') > Date.parse(textAt(p, 'performedPeriod', 'end') ?? '')],
  ['time-before-birth', (c) => String(c['onsetDateTime']) < (textAt(named(patientOf(c)), 'birthDate') ?? '')],
  ['reference-missing', (o) => o['subject'] === undefined],
  ['reference-dangling', (r) => named(at(r, 'encounter', 'reference')) === undefined],
  ['reference-subject-mismatch', (o) => patientOf(o) !== patientOf(named(at(o, 'encounter', 'reference')) ?? {})],
  ['code-loinc-check-digit', (o) => !validLoinc(code(o))],
  ['code-snomed-check-digit', (c) => codes(c, 'http://snomed.info/sct').some((one) => !validSnomed(one))],
  ['status-withdrawn', (o) => o['status'] === 'entered-in-error'],
  ['identity-placeholder', (p) => textAt(p, 'name', 0, 'family') === 'Zztest'],
  ['profile-element-missing', (p) => p['status'] === undefined],
  ['profile-required-binding', (e) => e['status'] === 'completed'],
  ['profile-primitive-type', (i) => typeof i['primarySource'] === 'string'],
  ['ai-no-human-verifier', (d) => roles(d).join() === 'assembler'],
  ['ai-model-not-approved', (d) => roles(d).join() === 'assembler,verifier' && textAt(d, 'author', 0, 'reference') === 'Device/ai-note-scribe-3-0-0-rc-1'],
  ['ai-no-provenance', (d) => roles(d).length === 0],
  ['ai-verified-note', (d) => roles(d).join() === 'assembler,verifier'],
  ['ai-verified-condition', (c) => roles(c).join() === 'assembler,verifier'],
  ['ai-labelled-observation', (o) => roles(o).join() === 'assembler'],
])('%s is in every resource labelled so', (rule, holds) => {
  expect(carriers(rule).length).toBeGreaterThan(0);
  for (const resource of carriers(rule)) {
    expect(holds(resource)).toBe(true);
    if (rule.startsWith('ai-')) expect(textAt(resource, 'meta', 'security', 0, 'code')).toBe('AIAST');
  }
});

test('identity-overlay is an update whose version before is the source\'s own line', () => {
  const [label] = labels.filter(({ rule }) => rule === 'identity-overlay');
  const head = store.head('Patient', label?.id ?? '');
  expect([head?.versionId, label?.versionId]).toEqual([2, 2]);
  expect(head?.previous?.bytes).toEqual(clean.head('Patient', label?.id ?? '')?.bytes);
  // Exports carry both: the rule compares them.
  expect([...store.exportedInFull]).toEqual([`Patient/${label?.id}`]);
});

test('identity-duplicate-pair is two records of one person’s name but for a slip, with record numbers of their own', () => {
  const [one, other] = carriers('identity-duplicate-pair');
  expect([textAt(one, 'name', 0, 'given', 0), textAt(one, 'birthDate'), textAt(one, 'gender')]).toEqual([textAt(other, 'name', 0, 'given', 0), textAt(other, 'birthDate'), textAt(other, 'gender')]);
  expect(textAt(one, 'name', 0, 'family')).not.toBe(textAt(other, 'name', 0, 'family'));
  expect(listAt(other, 'identifier').map((number) => textAt(number, 'value'))).toEqual([textAt(other, 'id')]);
});

test('duplicate-content is another resource but for its id', () => {
  for (const { id, ...content } of carriers('duplicate-content')) {
    const twins = [...store.current('Immunization')].map(resourceOf).filter((other) => other['id'] !== id);
    expect(twins.filter(({ id: _other, ...rest }) => JSON.stringify(rest) === JSON.stringify(content))).toHaveLength(1);
  }
});

test('two lines are no resource', () => {
  expect(store.looseLines.map(({ type }) => type)).toEqual(['Observation', 'Condition']);
  expect(() => JSON.parse(store.looseLines[0]?.bytes.toString() ?? '{}') as unknown).toThrow();
});

function pressure(observation: JsonObject, loinc: string) {
  const found = listAt(observation, 'component').find((one) => textAt(one, 'code', 'coding', 0, 'code') === loinc);
  return numberOf(at(found, 'valueQuantity', 'value'));
}
function named(reference: unknown) {
  const [type = '', id = ''] = String(reference).split('/');
  const head = store.head(type, id);
  return head && resourceOf(head);
}
const roles = ({ resourceType, id }: JsonObject) =>
  [...store.current('Provenance')].map(resourceOf)
    .filter((one) => textAt(one, 'target', 0, 'reference') === `${String(resourceType)}/${String(id)}`)
    .map((one) => textAt(one, 'agent', 0, 'type', 'coding', 0, 'code'));

/** LOINC Mod 10 is Luhn's, over the digits before the dash. */
function validLoinc(loinc: string) {
  const [body = '', check] = loinc.split('-');
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}
/** Verhoeff by the dihedral group D5. */
function validSnomed(sctid: string) {
  const times = (a: number, b: number) => (a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5);
  const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  let check = 0;
  [...sctid].reverse().forEach((digit, index) => {
    let value = Number(digit);
    for (let round = 0; round < index % 8; round++) value = permutation[value] ?? 0;
    check = times(check, value);
  });
  return check === 0;
}
