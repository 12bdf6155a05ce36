import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../test/support/scratch.ts';
import { runCli } from '../cli.ts';
import type { Checked } from './as-ndjson.ts';

const lines = (...resources: readonly object[]): string => `${resources.map((one) => JSON.stringify(one)).join('\n')}\n`;

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00Z' },
  name: [{ family: 'Byron', given: ['Ada'] }], gender: 'female', birthDate: '1980-03-04', ...more });
const pressure = (id: string, systolic: number, diastolic: number, more: object = {}) => ({ resourceType: 'Observation', id, status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] }, subject: { reference: 'Patient/a' }, effectiveDateTime: '2020-01-01T10:00:00Z',
  component: [['8480-6', systolic], ['8462-4', diastolic]].map(([code, value]) => ({ code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value, unit: 'mm[Hg]', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } })), ...more });

/** Checks a folder of such files. @returns exit code, and of each line what the integrity rules found */
async function checked(files: Readonly<Record<string, string>>, ...options: string[]) {
  const folder = await scratch('check');
  await mkdir(join(folder, 'given'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'given', name), text);
  const out = join(folder, 'out.ndjson');
  const code = await runCli(['check', '--integrity', '--format', 'ndjson', '--as-of', '2026-11-24', '--out', out, ...options, join(folder, 'given')],
    { out() {}, err() {}, env: {}, cwd: folder, stop: new AbortController().signal });
  const results = (await readFile(out, 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as Checked);
  const issues = results.flatMap(({ file, line, outcome }) => outcome.issue.map((issue) => ({ at: `${file}:${line}`, issue })))
    .filter(({ issue }) => !/^(profile|terminology)-|^$/.test(issue.details.coding?.[0]?.code ?? ''));
  return { code, results, issues, says: issues.map(({ at, issue }) => `${at} ${issue.severity} ${issue.details.coding?.[0]?.code}`) };
}

test('resource, patient and history scope over several files, each finding on the line of its resource', { timeout: 60_000 }, async () => {
  const { code, results, issues, says } = await checked({
    // The newer version stands first: the order is that of lastUpdated.
    'a.ndjson': lines(patient('a', { name: [{ family: 'Wolff', given: ['Marcus'] }], gender: 'male', meta: { versionId: '2', lastUpdated: '2026-02-01T00:00:00Z' } }), patient('a')),
    'b.ndjson': lines(pressure('o1', 120, 80), pressure('o2', 80, 120), pressure('o3', 120, 80, { encounter: { reference: 'Encounter/none' } })),
    'c.ndjson': lines({ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/a' } }),
    'd.ndjson': lines(pressure('o4', 120, 80, { effectiveDateTime: '1979-01-01T10:00:00Z' })),
  });
  expect(results.map(({ file, line, id }) => `${file}:${line} ${id}`)).toEqual(
    ['a.ndjson:1 a', 'a.ndjson:2 a', 'b.ndjson:1 o1', 'b.ndjson:2 o2', 'b.ndjson:3 o3', 'c.ndjson:1 e', 'd.ndjson:1 o4']);
  expect(says).toEqual(expect.arrayContaining([
    'a.ndjson:1 error identity-overlay', 'b.ndjson:2 error value-blood-pressure', 'b.ndjson:3 warning reference-dangling', 'd.ndjson:1 error time-before-birth']));
  expect(says.filter((one) => one.startsWith('a.ndjson:2') || one.startsWith('b.ndjson:1'))).toEqual([]);
  expect(code).toBe(1);
  expect(issues.every(({ issue }) => (issue.extension ?? []).length > 0)).toBe(true);
  const overlay = issues.find(({ issue }) => issue.details.coding?.[0]?.code === 'identity-overlay')?.issue;
  expect(overlay?.details.coding?.[0]?.system).toBe('https://fhir-assay.dev/rules');
  expect(overlay?.extension).toContainEqual({ url: 'https://fhir-assay.dev/StructureDefinition/evidence', extension: [
    { url: 'file', valueString: 'a.ndjson' }, { url: 'line', valuePositiveInt: 2 }, { url: 'expression', valueString: 'Patient.gender' }, { url: 'role', valueCode: 'against' }] });
});

test('what is not made as FHIR is holds up nothing else', { timeout: 60_000 }, async () => {
  const about = { subject: { reference: 'Patient/a' } };
  const bare: unknown = { toString: null };
  const misshapen = [5, 'x', [null], [[5]], { reference: 5 }, [bare], [{ coding: 5 }], [{ value: bare, system: bare }]].flatMap((thing, i) => [
    patient(`p${i}`, { telecom: thing }), patient(`q${i}`, { identifier: thing }), patient(`r${i}`, { name: thing, birthDate: bare }), patient(`s${i}`, { address: thing, link: thing }),
    { resourceType: 'DocumentReference', id: `d${i}`, status: 'current', ...about, content: thing }, { resourceType: 'DocumentReference', id: `e${i}`, status: 'current', ...about, content: [{ attachment: thing }] },
    { resourceType: 'DocumentReference', id: `f${i}`, status: 'current', ...about, content: [{ attachment: { contentType: 'text/plain', data: thing } }], date: thing, context: thing },
    { resourceType: 'Composition', id: `c${i}`, status: 'final', ...about, section: thing, date: thing }, { resourceType: 'Encounter', id: `n${i}`, ...about, period: thing, class: thing, location: thing },
    pressure(`o${i}`, 1, 1, { encounter: thing, effectiveDateTime: thing }), pressure(`v${i}`, 1, 1, { component: thing, code: thing }), { resourceType: 'Condition', id: `x${i}`, ...about, code: thing, onsetDateTime: thing },
    { resourceType: 'Observation', id: `y${i}`, status: 'final', subject: { reference: `Patient?identifier=http://a.example|${i}` }, code: thing },
  ]);
  const { says, results } = await checked({ 'a.ndjson': lines(patient('a'), pressure('o', 80, 120)), 'b.ndjson': lines(...misshapen) });
  expect(results).toHaveLength(misshapen.length + 2);
  expect(says).toContain('a.ndjson:2 error value-blood-pressure');
});

test('population scope: pairs, a shared number and an encounter of two, in whatever file they stand', { timeout: 60_000 }, async () => {
  const ssn = (value: string) => ({ identifier: [{ system: 'http://hl7.org/fhir/sid/us-ssn', value }] });
  const { says, issues } = await checked({
    'a.ndjson': lines(patient('a', { telecom: [{ system: 'phone', value: '617-555-0101' }] }), patient('m', { name: [{ family: 'Wolff', given: ['Marcus'] }], gender: 'male', birthDate: '1951-11-30', ...ssn('219-08-4321') })),
    'b.ndjson': lines(patient('b', { name: [{ family: 'Biron', given: ['Ada'] }], telecom: [{ system: 'phone', value: '617-555-0101' }] }),
      patient('n', { name: [{ family: 'Verus', given: ['Lucius'] }], gender: 'male', birthDate: '1960-01-02', ...ssn('219-08-4321') })),
    'c.ndjson': lines({ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/a' } }),
    'd.ndjson': lines(pressure('o', 120, 80, { subject: { reference: 'Patient/m' }, encounter: { reference: 'Encounter/e' } })),
  });
  const found = says.filter((one) => /identity-/.test(one));
  expect(found).toEqual(['a.ndjson:1 warning identity-duplicate-pair', 'a.ndjson:2 warning identity-shared-identifier', 'b.ndjson:1 warning identity-duplicate-pair',
    'b.ndjson:2 warning identity-shared-identifier', 'd.ndjson:1 error identity-encounter-many-patients']);
  const places = issues.find(({ at, issue }) => at === 'a.ndjson:1' && issue.details.coding?.[0]?.code === 'identity-duplicate-pair')?.issue.extension ?? [];
  expect(places).toContainEqual({ url: 'https://fhir-assay.dev/StructureDefinition/evidence', extension: [
    { url: 'file', valueString: 'b.ndjson' }, { url: 'line', valuePositiveInt: 1 }, { url: 'expression', valueString: 'Patient.birthDate' }, { url: 'role', valueCode: 'for' }] });
});

test('conditional references are resolved among the files', { timeout: 60_000 }, async () => {
  const seen = (id: string, practitioner: string) => pressure(id, 120, 80, { performer: [{ reference: `Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|${practitioner}` }] });
  const practitioner = (id: string, npi: string) => ({ resourceType: 'Practitioner', id, identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi }], name: [{ family: 'Wolff' }] });
  const { says } = await checked({
    'a.ndjson': lines(patient('a'), seen('o1', '1234567893'), { ...seen('o2', '1999999992'), effectiveDateTime: '2020-02-01T10:00:00Z' }, { ...seen('o3', '1003000126'), effectiveDateTime: '2020-03-01T10:00:00Z' }),
    'b.ndjson': lines(practitioner('d', '1234567893'), practitioner('e', '1003000126'), practitioner('f', '1003000126')),
  });
  expect(says.filter((one) => one.includes('reference-'))).toEqual(['a.ndjson:3 warning reference-dangling', 'a.ndjson:4 information reference-dangling']);
});

test('the purpose and the policy grade what is found', { timeout: 60_000 }, async () => {
  const files = { 'a.ndjson': lines(patient('a'), pressure('o', 120, 80, { encounter: { reference: 'Encounter/none' } })),
    'b.ndjson': lines({ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/a' } }) };
  expect((await checked(files, '--purpose', 'training')).says).toContain('a.ndjson:2 error reference-dangling');
  const folder = await scratch('policy');
  const policy = join(folder, 'policy.json');
  await writeFile(policy, JSON.stringify({ name: 'mild', rules: { 'reference-dangling': { action: 'score' } }, onNewerHeld: 'keep', undoSeconds: 0, unevaluated: { action: 'score' },
    bySeverity: Object.fromEntries(['fatal', 'error', 'warning', 'information'].map((one) => [one, { action: 'score' }])) }));
  expect((await checked(files, '--policy', policy)).says).toContain('a.ndjson:2 information reference-dangling');
  await writeFile(policy, '{"name":"none"}');
  expect(await runCli(['check', '--integrity', '--policy', policy, folder], { out() {}, err() {}, env: {}, cwd: folder, stop: new AbortController().signal })).toBe(2);
});

test('a Bundle is taken apart: its entries are one population with the other files, each finding at its entry', { timeout: 60_000 }, async () => {
  const uuid = '7b0c8f5e-1c1d-4e0a-9b59-0d1f3c5a7e21';
  const { id: _, ...nameless } = pressure('', 80, 120, { subject: { reference: `urn:uuid:${uuid}` } });
  const { says, issues, results } = await checked({
    'a.json': JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [
      { fullUrl: `urn:uuid:${uuid}`, resource: patient(uuid), request: { method: 'POST', url: 'Patient' } },
      { fullUrl: 'urn:uuid:8b0c8f5e-1c1d-4e0a-9b59-0d1f3c5a7e22', resource: nameless, request: { method: 'POST', url: 'Observation' } },
      { fullUrl: 'urn:uuid:9b0c8f5e-1c1d-4e0a-9b59-0d1f3c5a7e23', resource: pressure('9b0c8f5e-1c1d-4e0a-9b59-0d1f3c5a7e23', 120, 80, { subject: { reference: `urn:uuid:${uuid}` }, effectiveDateTime: '1979-01-01T10:00:00Z' }), request: { method: 'POST', url: 'Observation' } }] }),
    'b.ndjson': lines(pressure('o1', 120, 80, { subject: { reference: `Patient/${uuid}` }, effectiveDateTime: '1978-01-01T10:00:00Z' })),
  });
  expect(results.map(({ file, line, resourceType }) => `${file}:${line} ${resourceType}`)).toEqual(['a.json:1 Bundle', 'b.ndjson:1 Observation']);
  expect(says).toEqual(expect.arrayContaining(['a.json:1 error value-blood-pressure', 'a.json:1 error time-before-birth', 'b.ndjson:1 error time-before-birth']));
  expect(says.filter((one) => one.includes('dangling'))).toEqual([]);
  const places = issues.flatMap(({ issue }) => (issue.details.coding?.[0]?.code === 'time-before-birth' ? [issue.expression] : []));
  expect(places).toEqual(expect.arrayContaining([['Bundle.entry[2].resource.effectiveDateTime'], ['Observation.effectiveDateTime']]));
  // The birth date stands in the Bundle, whoever finds it.
  expect(JSON.stringify(issues.find(({ at, issue }) => at.startsWith('b.') && issue.details.coding?.[0]?.code === 'time-before-birth'))).toContain('Bundle.entry[0].resource.birthDate');
});

test('a period that ends before it starts is one finding, not two', { timeout: 60_000 }, async () => {
  const { results } = await checked({ 'a.ndjson': lines({ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, period: { start: '2020-01-02T10:00:00Z', end: '2020-01-01T10:00:00Z' } }) });
  const said = results.flatMap(({ outcome }) => outcome.issue.map((issue) => issue.details.coding?.[0]?.code ?? ''));
  expect(said.filter((code) => code === 'time-start-after-end' || code.includes('per-1'))).toEqual(['time-start-after-end']);
});
