import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeScratch } from '../support/scratch.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = await makeScratch('package');
const folder = scratch.path;
afterAll(() => scratch.remove());

/** As a person's shell would have it: without what `npm test` added for its own package. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_') && name !== 'NODE_OPTIONS'));
const run = (command: string, args: readonly string[], cwd = folder): string =>
  execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const patients = {
  'good.json': { resourceType: 'Patient', id: 'a', gender: 'female', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">A</div>' } },
  'bad.json': { resourceType: 'Patient', id: 'b', birthDate: 'yesterday' },
};

// Packs, then installs from the registry as anybody would.
beforeAll(() => {
  run('npm', ['pack', '--pack-destination', folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'npm pack left no .tgz';
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball)]);
  for (const [name, resource] of Object.entries(patients)) writeFileSync(join(folder, name), JSON.stringify(resource));
}, 600_000);

test('the command runs from the installed package', () => {
  expect(run('npx', ['--no', 'assay', '--version']).trim()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(JSON.parse(run('npx', ['--no', 'assay', 'config', 'check', '--json']))).toEqual({ file: null, sources: [], feeds: [] });
  expect(run('npx', ['--no', 'assay', 'check', 'good.json'])).not.toContain('error');
  expect(() => run('npx', ['--no', 'assay', 'check', 'bad.json'])).toThrow(expect.objectContaining({ status: 1, stdout: expect.stringContaining('Patient.birthDate') as string }));
}, 120_000);

test('the import gives a validator', () => {
  writeFileSync(join(folder, 'use.js'), `
    import { readFileSync } from 'node:fs';
    import { createValidator } from 'fhir-assay';
    const validator = createValidator({ packages: [] });
    for (const name of ['good.json', 'bad.json']) console.log(JSON.stringify(await validator.validate(readFileSync(name))));`);
  const [good, bad] = run('node', ['use.js']).trim().split('\n').map((line) => JSON.parse(line) as { resourceType: string; issue: { severity: string; expression?: string[] }[] });
  expect(good).toMatchObject({ resourceType: 'OperationOutcome' });
  expect(good?.issue.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(bad?.issue).toContainEqual(expect.objectContaining({ severity: 'error', expression: ['Patient.birthDate'] }));
}, 120_000);

test('its types are found', () => {
  const compile = (use: string): string => {
    writeFileSync(join(folder, 'use-types.ts'), `import { createValidator } from 'fhir-assay';\n${use}\n`);
    return run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', '--types', '', 'use-types.ts']);
  };
  expect(compile('const { issue } = await createValidator({ packages: [] }).validate(new Uint8Array()); issue.length satisfies number;')).toBe('');
  expect(() => compile('createValidator({ packages: 5 });')).toThrow();
}, 120_000);
