import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFile } from 'node:fs/promises';
import { addPackage, lockedPackages, missingDependencies } from './add.ts';
import { loadPackages } from './load.ts';

let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'assay-packages-')); });
afterEach(async () => { await rm(folder, { recursive: true, force: true }); });

const tgz = async (files: Readonly<Record<string, object>>): Promise<string> => {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, JSON.stringify(content));
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar as AsyncIterable<Buffer>) parts.push(part);
  const file = join(folder, 'made.tgz');
  await writeFile(file, gzipSync(Buffer.concat(parts)));
  return file;
};
const manifest = { name: 'test.made', version: '1.2.0', dependencies: { 'hl7.fhir.r4.core': '4.0.1', 'test.other': '2.0.0' } };
const valueSet = { resourceType: 'ValueSet', url: 'http://test.example/vs', version: '1.2.0', status: 'active', compose: { include: [{ system: 'http://test.example/cs', concept: [{ code: 'a' }] }] } };

it('unpacks into the cache layout, locks the hash and names absent dependencies', async () => {
  const file = await tgz({ 'package/package.json': manifest, 'package/ValueSet-vs.json': valueSet });
  const lockFile = join(folder, 'packages.lock.json');
  const packageDir = join(folder, 'cache');
  const [added] = await addPackage(file, { lockFile, packageDir });
  expect(added).toMatchObject({ name: 'test.made', version: '1.2.0', files: 2 });
  expect(JSON.parse(await readFile(lockFile, 'utf8'))).toMatchObject({ packages: [{ name: 'test.made', sha256: added!.sha256 }] });
  expect(await missingDependencies(lockFile)).toEqual(['test.other@2.0.0']);
  const definitions = await loadPackages(await lockedPackages(lockFile), { packageDir, cacheDir: join(folder, 'compiled') });
  expect(definitions.get('ValueSet', 'http://test.example/vs|1.2.0')).toMatchObject({ status: 'active' });
}, 60_000);

it('refuses what is no package, and paths that leave the archive', async () => {
  const options = { lockFile: join(folder, 'lock.json'), packageDir: join(folder, 'cache') };
  await expect(addPackage(await tgz({ 'package/ValueSet-vs.json': valueSet }), options)).rejects.toMatchObject({ code: 'ASSAY_PACKAGE_UNREADABLE' });
  await expect(addPackage(await tgz({ '../out.json': {}, 'package/package.json': manifest }), options)).rejects.toMatchObject({ code: 'ASSAY_PACKAGE_UNREADABLE' });
});

it('takes what the package cache has, with the dependencies that it has, and loose JSON and XML', async () => {
  const options = { lockFile: join(folder, 'lock.json'), packageDir: join(folder, 'cache') };
  await addPackage(await tgz({ 'package/package.json': { name: 'test.other', version: '2.0.0' }, 'package/ValueSet-o.json': { ...valueSet, url: 'http://test.example/other' } }), { ...options, lockFile: join(folder, 'elsewhere.json') });
  await addPackage(await tgz({ 'package/package.json': manifest, 'package/ValueSet-vs.json': valueSet }), { ...options, lockFile: join(folder, 'elsewhere.json') });
  expect((await addPackage('test.made@1.2.0', options)).map((a) => a.name)).toEqual(['test.made', 'test.other']);
  expect(await missingDependencies(options.lockFile)).toEqual([]);
  const json = join(folder, 'Loose Set.json'), xml = join(folder, 'second.xml');
  await writeFile(json, JSON.stringify({ ...valueSet, url: 'http://test.example/json' }));
  await writeFile(xml, '<ValueSet xmlns="http://hl7.org/fhir"><url value="http://test.example/xml"/><version value="1"/><status value="active"/></ValueSet>');
  for (const file of [json, xml]) await addPackage(file, options);
  const definitions = await loadPackages(await lockedPackages(options.lockFile), { packageDir: options.packageDir, cacheDir: join(folder, 'compiled') });
  for (const url of ['vs', 'other', 'json', 'xml']) expect([url, definitions.get('ValueSet', `http://test.example/${url}`)?.['status']]).toEqual([url, 'active']);
  await writeFile(json, 'no json');
  await expect(addPackage(json, options)).rejects.toMatchObject({ code: 'ASSAY_PACKAGE_UNREADABLE' });
  await expect(addPackage('test.absent@1.0.0', options)).rejects.toMatchObject({ code: 'ASSAY_PACKAGE_REGISTRY' });
}, 60_000);

it('fetches a package and its dependencies from the registry it is given', async () => {
  const archives = new Map<string, Buffer>();
  for (const [name, version, dependencies] of [['test.made', '1.2.0', { 'test.other': '2.0.0' }], ['test.other', '2.0.0', {}]] as const) {
    archives.set(`/${name}/${version}`, await readFile(await tgz({ 'package/package.json': { name, version, dependencies }, 'package/ValueSet-vs.json': { ...valueSet, url: `http://test.example/${name}` } })));
  }
  const server = createServer((request, response) => {
    const bytes = archives.get(request.url ?? '');
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  try {
    const options = { lockFile: join(folder, 'lock.json'), packageDir: join(folder, 'cache'), registry: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } };
    expect((await addPackage('test.made@1.2.0', options)).map((a) => `${a.name}@${a.version}`)).toEqual(['test.made@1.2.0', 'test.other@2.0.0']);
    expect(await addPackage('test.made@1.2.0', options)).toEqual([]);
  } finally { server.closeAllConnections(); server.close(); }
}, 60_000);
