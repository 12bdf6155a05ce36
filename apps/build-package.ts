// `npm pack` runs this: dist/ with .js and .d.ts, since Node strips no types under node_modules, and all else that runs need.
import { execFileSync } from 'node:child_process';
import { cp, glob, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWebIfStale } from '../console/web/build.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const rooms = ['apps', 'console/api', 'fhir-profiles', 'ledger', 'packages', 'pipelines', 'sandbox', 'storage', 'validators', 'workflows'];

await rm(dist, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')], { stdio: ['ignore', 2, 2] });

// tsc rewrites the extensions of imports; a file that is found beside another by URL is ours to rewrite.
for await (const file of glob('**/*.js', { cwd: dist })) {
  const text = await readFile(join(dist, file), 'utf8');
  const rewritten = text.replace(/(new URL\(\s*['"]\.{1,2}\/[^'"]*)\.ts(['"],\s*import\.meta\.url\))/g, '$1.js$2');
  if (rewritten !== text) await writeFile(join(dist, file), rewritten);
}

for await (const file of glob(rooms.map((room) => `${room}/**/*.{sql,json,gz,html,svg,css}`), { cwd: root })) {
  await cp(join(root, file), join(dist, file));
}
await cp(await buildWebIfStale(), join(dist, 'console/web/dist'), { recursive: true });
