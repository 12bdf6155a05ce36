import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { textsOf, trySource } from '../../test/support/try-source.ts';
import { typeOf } from './files.ts';

const { db } = await testDatabase();
const stage = trySource(db);
const folders: string[] = [];
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-files-'));
  folders.push(folder);
});
afterAll(async () => {
  await stage.close();
  for (const one of folders) await rm(one, { recursive: true });
});

const line = (type: string, id: string | number): string => `{"resourceType":"${type}","id":"${id}"}`;
const many = (type: string, count: number): string[] => Array.from({ length: count }, (_, index) => line(type, index));
const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
const source = (more: object = {}) => stage.source('files', { folder, ...more });

test('NDJSON comes plain or gzipped, whatever the name says of that, from subfolders too', async () => {
  await mkdir(join(folder, 'more'));
  await put('Patient.ndjson', `${line('Patient', 'a')}\n`);
  await put('Patient.000.ndjson', line('Patient', 'b'));
  await put('Patient-1.ndjson.gz', gzipSync(`${line('Patient', 'c')}\r\n\r\n`));
  await put('Encounter_2.ndjson', gzipSync(`\ufeff${line('Encounter', 'd')}\n`));
  await put('more/export.ndjson', `${line('Patient', 'e')}\n${line('Device', 'f')}\n`);
  await put('readme.txt', 'not a resource');
  const { items, files, state } = await stage.pull(await source());
  expect(textsOf(items).sort()).toEqual([line('Device', 'f'), line('Encounter', 'd'), ...['a', 'b', 'c', 'e'].map((id) => line('Patient', id))].sort());
  expect(Object.fromEntries(files.map(({ name, type }) => [name, type]))).toEqual({
    'output/Patient.ndjson': 'Patient', 'output/Patient.000.ndjson': 'Patient', 'output/Patient-1.ndjson.gz': 'Patient',
    'output/Encounter_2.ndjson': 'Encounter', 'output/more/export.ndjson': null,
  });
  expect(state).toBe('completed');
});

test.each([
  ['Patient.ndjson', 'Patient'], ['MedicationRequest.12.ndjson.gz', 'MedicationRequest'], ['Observation-lab.ndjson', 'Observation'],
  ['Export.ndjson', null], ['patients.ndjson', null], ['1.Patient.ndjson', null],
])('%s announces %s', (name, type) => {
  expect(typeOf(`/some/where/${name}`)).toBe(type);
});

test('only the types asked for are read, and files of several types', async () => {
  await put('Patient.ndjson', line('Patient', 'a'));
  await put('Device.ndjson', line('Device', 'b'));
  await put('all.ndjson', line('Encounter', 'c'));
  const { items } = await stage.pull(await source(), { types: ['Patient'] });
  expect(textsOf(items)).toEqual([line('Patient', 'a'), line('Encounter', 'c')]);
});

test('reading goes on at a decoded offset, plain or gzipped', async () => {
  const lines = many('Patient', 1_000);
  await put('Patient.0.ndjson', lines.join('\n'));
  await put('Patient.1.ndjson.gz', gzipSync(lines.join('\n')));
  const run = await stage.begin(await source());
  await stage.extract(run);
  for (const file of await stage.activities.pendingFiles(run, 10)) {
    let place = { offset: 0, line: 1 };
    const got: string[] = [];
    for (let part = 0; part < 4; part++) {
      for await (const item of stage.openItems(db, file, place)) {
        got.push(Buffer.from(item.bytes).toString());
        place = { offset: item.nextOffset, line: item.line + 1 };
        if (got.length === 250 * (part + 1)) break;
      }
    }
    expect(got).toEqual(lines);
  }
});

test('gzip that breaks off: what came is kept, the type failed', async () => {
  const whole = gzipSync(many('Patient', 5_000).map((text, index) => `${text.slice(0, -1)},"x":"${Math.sin(index)}"}`).join('\n'));
  await put('Patient.ndjson.gz', whole.subarray(0, whole.length / 2));
  const { run, items, state } = await stage.pull(await source());
  expect(items.length).toBeGreaterThan(1_000);
  expect(state).toBe('completed-with-errors');
  expect(await stage.failed(run)).toEqual({ Patient: 'ASSAY_SOURCE_TRUNCATED' });
});

test('a folder that is not there is an error without its path', async () => {
  const run = await stage.begin(await stage.source('files', { folder: join(folder, 'absent') }));
  await expect(stage.activities.discoverFiles(run)).rejects.toMatchObject({ code: 'ASSAY_SOURCE_FOLDER_UNREADABLE', detail: 'ENOENT' });
});
