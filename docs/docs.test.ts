import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allVerbs } from '../apps/all-verbs.ts';
import manifest from '../package.json' with { type: 'json' };
import { asyncApi } from '../pipelines/feed/asyncapi.ts';
import { errors } from '../terms/errors.ts';
import { cliPage, errorsPage } from './generate.ts';

const written = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** After a wanted change: `npx vitest run docs -u`. */
test('errors.md is the catalogue', async () => {
  await expect(errorsPage()).toMatchFileSnapshot('./errors.md');
});

test('cli.md is what --help prints', async () => {
  await expect(cliPage()).toMatchFileSnapshot('./cli.md');
});

test('feeds.asyncapi.json is what the API gives for a feed, of all feeds', async () => {
  await expect(`${JSON.stringify(asyncApi(), null, 2)}\n`).toMatchFileSnapshot('./feeds.asyncapi.json');
});

test('every code has a row and every verb a section', () => {
  const rows = [...errorsPage().matchAll(/^\| `(ASSAY_\w+)`/gm)].map(([, code]) => code);
  expect(rows).toEqual(Object.keys(errors));
  const sections = [...cliPage().matchAll(/^## assay (.+)$/gm)].map(([, name]) => name);
  expect(sections.sort()).toEqual(allVerbs.map((verb) => verb.name).sort());
});

/** `| a, b (development) | why | upkeep |` → a, b */
function packagesOf(page: string): string[] {
  return page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| name '))
    .flatMap((line) => (line.split('|')[1] ?? '').replace('(development)', '').split(',').map((name) => name.trim()));
}

test('dependencies.md names every package of package.json once, and no other', () => {
  const asked = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  expect(packagesOf(written('./dependencies.md')).sort()).toEqual(asked.sort());
});

test('what runs only in development is said to', () => {
  const development = new Set(Object.keys(manifest.devDependencies));
  for (const line of written('./dependencies.md').split('\n').filter((one) => one.startsWith('| ') && !one.startsWith('| name '))) {
    for (const name of packagesOf(line)) expect([name, development.has(name)]).toEqual([name, line.split('|')[1]?.includes('(development)')]);
  }
});

test('no page links to a file that is not there', () => {
  for (const page of ['../README.md', './operations.md', './threat-model.md', './errors.md', './cli.md', './dependencies.md', './decisions.md']) {
    for (const [, target = ''] of written(page).matchAll(/\]\(((?!https?:|#)[^)#]+)/g)) {
      expect(() => readFileSync(new URL(target, new URL(page, import.meta.url))), `${page} → ${target}`).not.toThrow();
    }
  }
});
