import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
