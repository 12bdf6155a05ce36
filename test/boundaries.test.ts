import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { forbiddenImports, forbiddenWords, roomOf } from './support/boundary-check.ts';
import type { Ban, Room, SourceFile, Word } from './support/boundary-check.ts';
import { importsOf } from './support/imports.ts';

const stage = (name: string, ...more: string[]): Room => ({
  room: `pipelines/${name}`, may: ['terms', 'fhir-profiles', 'validators', 'storage', 'ledger', ...more],
  because: 'a stage reads what the stage before it stored; stages never import each other',
});

const rooms: readonly Room[] = [
  { room: 'terms', may: [], because: 'the words stand on nothing' },
  { room: 'fhir-profiles', may: [], because: 'what "correct" means is data' },
  { room: 'validators', may: ['terms', 'fhir-profiles'], because: 'a judgement depends on what is judged and on nothing else' },
  { room: 'packages', may: ['terms', 'fhir-profiles', 'validators'], because: 'packages feed the validators and know no pipeline' },
  { room: 'storage', may: ['terms'], because: 'statements serve every stage and know none' },
  { room: 'ledger', may: ['terms', 'storage', 'ledger/verify'], because: 'the ledger records facts and does not make them; formats are written once, in the verifier' },
  { room: 'ledger/verify', may: [], because: 'whoever trusts the verifier need not trust the rest' },
  ...['source', 'landing', 'assessment', 'triage', 'exceptions', 'release', 'feed', 'run', 'retraction', 'monitor'].map((name) => stage(name)),
  { room: 'workflows', may: ['terms', ...['source', 'landing', 'assessment', 'triage', 'exceptions', 'release', 'feed', 'run', 'retraction', 'monitor'].map((name) => `types of pipelines/${name}`)],
    because: 'workflow code is deterministic: of activities it knows the types' },
  { room: 'console/api', may: ['terms', 'storage', 'ledger', 'workflows'], because: 'the API reads, and sends acts as Updates to a worker' },
  { room: 'console/web', may: ['types of console/api', 'types of terms'], because: 'the page runs in a browser and knows the API by its types' },
  { room: 'sandbox', may: [], because: 'an EHR that shares code with its client would share its mistakes' },
  { room: 'apps', may: ['everything'], because: 'the composition roots put the parts together' },
  { room: 'test', may: ['everything'], because: 'journeys cross rooms' },
  { room: 'bench', may: ['everything'], because: 'measurements cross rooms' },
  { room: 'docs', may: ['everything'], because: 'what is generated is made from the code' },
];

const bans: readonly Ban[] = [
  { what: /^pg(-|$)/, onlyIn: ['storage', 'apps/services', 'test', 'bench'], because: 'SQL lives in storage; the rest calls its functions' },
  { what: /^kafkajs$/, onlyIn: ['pipelines/feed/kafka.ts', 'test', 'bench'], because: 'one file knows the Kafka client, so that it can be replaced' },
  { what: /^(node:)?(fs|fs\/promises|child_process|net|http|https|tls|dgram)$/, because: 'files, processes and sockets are for the rooms at the edge',
    onlyIn: ['packages', 'storage/migrate.ts', 'pipelines/source', 'ledger/verify', 'ledger/anchors', 'console/api', 'console/web/build.ts', 'sandbox', 'apps', 'test', 'bench', 'docs'] },
  { what: /^undici$|^fhir-kit-client$/, onlyIn: ['pipelines/source', 'packages', 'apps', 'test', 'bench'], because: 'EHRs are spoken to by the source stage alone' },
  { what: /^fastify$/, onlyIn: ['console/api', 'pipelines/feed', 'ledger', 'sandbox', 'apps', 'test', 'bench'], because: 'routes live in the API or with the owners of what they serve' },
  { what: /^@temporalio\/workflow$/, onlyIn: ['workflows'], because: 'its functions work inside workflow code only' },
  { what: /^@temporalio\/(client|worker|testing)$/, onlyIn: ['apps', 'test', 'bench'], because: 'connections to Temporal are made in the composition roots' },
  { what: /^(react|react-dom|@mantine\/.*|wouter|@tanstack\/.*)$/, onlyIn: ['console/web'], because: 'the page is the only thing that draws' },
];

const words: readonly Word[] = [
  { word: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, notIn: 'validators', because: 'the same version gets the same findings on any day; the as-of time is given' },
  { word: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/, notIn: 'validators', because: 'findings are repeatable' },
  { word: /\bprocess\.|\bfetch\(|\bsetTimeout\b/, notIn: 'validators', because: 'validators do no I/O and read no environment' },
  { word: /\bDate\.now\b|\bMath\.random\b/, notIn: 'ledger/verify', because: 'a proof holds at any time' },
];

/** What git knows or would know: not what is generated or installed. Tests may set up what they need from any room. */
function sourceFiles(): SourceFile[] {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], { cwd: root, encoding: 'utf8' });
  return listed.trim().split('\n')
    .filter((path) => path.includes('/') && !/\.test\.tsx?$/.test(path) && existsSync(`${root}${path}`))
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));
}

test('every file imports only what its room may', () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(50);
  expect(forbiddenImports(files, rooms, bans)).toEqual([]);
});

test('no clock, chance or I/O where judgements must be repeatable', () => {
  expect(forbiddenWords(sourceFiles(), words)).toEqual([]);
});

test('every row says why', () => {
  for (const { because } of [...rooms, ...bans, ...words]) expect(because.length).toBeGreaterThan(15);
});

const planted = (path: string, text: string): string[] => {
  const files = [{ path, text }];
  return [...forbiddenImports(files, rooms, bans), ...forbiddenWords(files, words)];
};

test.for([
  ['validators/profile/x.ts', "import { connect } from '../../storage/connect.ts';"],
  ['validators/profile/x.ts', "import { readFile } from 'node:fs/promises';"],
  ['validators/integrity/a/rule.ts', 'const now = Date.now();'],
  ['validators/integrity/a/rule.ts', 'const now = new Date();'],
  ['pipelines/landing/x.ts', "import {\n  a,\n  b,\n} from '../release/decide.ts';"],
  ['pipelines/landing/x.ts', "export * from '../release/decide.ts';"],
  ['pipelines/landing/x.ts', "const later = await import('../release/decide.ts');"],
  ['pipelines/landing/x.ts', "import '../../apps/config.ts';"],
  ['pipelines/feed/publish.ts', "import kafkajs from 'kafkajs';"],
  ['pipelines/landing/x.ts', "import pg from 'pg';"],
  ['pipelines/unheard-of/x.ts', "import { a } from '../../terms/errors.ts';"],
  ['workflows/run.ts', "import { createLandingActivities } from '../pipelines/landing/activities.ts';"],
  ['ledger/verify/main.ts', "import { leaf } from '../leaf.ts';"],
  ['sandbox/x.ts', "import type { Finding } from '../terms/finding.ts';"],
  ['console/web/x.tsx', "import { app } from '../api/app.ts';"],
] as const)('a planted violation is found: %s %s', ([path, text]) => {
  expect(planted(path, text)).toHaveLength(1);
});

test.for([
  ['workflows/run.ts', "import type { LandingActivities } from '../pipelines/landing/activities.ts';"],
  ['pipelines/landing/x.ts', "// import { a } from '../release/decide.ts';"],
  ['validators/x.ts', ' * Date.now is not used here'],
  ['storage/x.ts', "import type pg from 'pg';"],
  ['validators/x.ts', 'const day = new Date(given);'],
] as const)('what is allowed stays allowed: %s %s', ([path, text]) => {
  expect(planted(path, text)).toEqual([]);
});

test('a file belongs to the deepest room, and imports are found with their lines', () => {
  expect(roomOf('ledger/verify/main.ts', rooms)?.room).toBe('ledger/verify');
  expect(roomOf('ledger/append.ts', rooms)?.room).toBe('ledger');
  expect(importsOf("\nimport a, { type B } from 'a';\nimport type { C } from './c.ts';")).toEqual([
    { from: 'a', typeOnly: false, line: 2 }, { from: './c.ts', typeOnly: true, line: 3 },
  ]);
});
