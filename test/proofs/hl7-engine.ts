/**
 * `npm run proof -- hl7-engine [SEED] [RESOURCES] [PROFILES]`: what test/conformance shows on the stored findings of the HL7 engine, with the
 * engine itself, on resources broken in other ways and on profiles nobody wrote: each a random one, over resources it was made from and others.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { definitionsFrom } from '../../packages/definition-store.ts';
import { defaultCacheDir, loadStores } from '../../packages/load.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';
import { expectedErrors, foundErrors, normal, silentThere, type Expected } from '../conformance/oracle-compare.ts';
import { chance } from '../support/chance.ts';
import { mutations, pick, type Json } from '../support/other-mutations/mutate.ts';
import { disturb, randomProfile } from '../support/other-mutations/profiles.ts';
import { openProof } from '../support/proof.ts';

const shared = join(import.meta.dirname, '../../../shared');
const usCore = join(shared, 'packages/hl7.fhir.us.core-6.1.0.tgz');
const proof = await openProof('hl7-engine');
const [seed, resources, profiles] = proof.numbers(1, 2000, 150);
const folder = await proof.folder(true);

/** Resources by type. */
const populationOf = async (name: string): Promise<readonly (readonly string[])[]> => {
  const from = join(shared, 'synthea', name);
  const files = (await readdir(from)).filter((file) => file.endsWith('.gz')).sort();
  return Promise.all(files.map(async (file) => gunzipSync(await readFile(join(from, file))).toString().trim().split('\n').filter((line) => line.length < 50_000)));
};
const parsed = (line: string): Json => JSON.parse(line) as Json;

type Made = { readonly what: string; readonly resource: Json };
type Row = { what: string; resources: number; errors: number; agree: number; places: number; samePlace: number };
type Difference = { what: string; here: boolean; says: string };
type Compared = { readonly rows: Row[]; readonly differences: Difference[] };

/** Both engines on the same resources: error or none, and where both have one, whether at one place at least. */
const compare = async (name: string, made: readonly Made[], packages: readonly string[]): Promise<Compared> => {
  const lines = made.map(({ resource }) => JSON.stringify(resource));
  const [input, output] = [join(folder, `${name}.ndjson`), join(folder, `${name}.expected.ndjson`)];
  await writeFile(input, lines.map((line) => `${line}\n`).join(''));
  execFileSync(join(shared, 'peers/hl7-validator/run'), ['--reuse', ...packages.flatMap((path) => ['--ig', path]), input, '--out', output], { stdio: ['ignore', 'ignore', 'ignore'] });
  const validator = createProfileValidator({ packages: definitionsFrom(await loadStores(packages, { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() })) });
  const rows = new Map<string, Row>();
  const differences: Difference[] = [];
  for (const text of (await readFile(output, 'utf8')).trim().split('\n')) {
    const expected = JSON.parse(text) as Expected & { readonly line: number };
    if (expected.issues.some((i) => i.unverified === true && i.severity === 'error')) continue;
    const { what } = made[expected.line - 1]!;
    const theirs = expectedErrors(expected);
    const ours = foundErrors(validator.validate(Buffer.from(lines[expected.line - 1]!))).filter((f) => theirs.length > 0 || !silentThere.has(f.rule));
    const row: Row = rows.get(what) ?? { what, resources: 0, errors: 0, agree: 0, places: 0, samePlace: 0 };
    rows.set(what, row);
    row.resources++;
    if (theirs.length > 0) row.errors++;
    if ((theirs.length > 0) !== (ours.length > 0)) {
      differences.push({ what, here: ours.length > 0, says: ours[0]?.messageId ?? ours[0]?.rule ?? theirs[0]?.messageId ?? theirs[0]?.text?.replace(/[:'(].*/, '') ?? '' });
      continue;
    }
    row.agree++;
    if (theirs.length === 0) continue;
    row.places++;
    const places = new Set(ours.map((f) => normal(f.expression)));
    if (theirs.some((t) => places.has(normal(t.expression)))) row.samePlace++;
  }
  return { rows: [...rows.values()], differences };
};

const broken = (population: readonly (readonly string[])[], random: () => number): Made[] => {
  const made: Made[] = [];
  const kinds = Object.entries(mutations);
  for (let i = 0; made.length < resources; i++) {
    const [what, mutate] = kinds[i % kinds.length]!;
    const resource = parsed(pick(random, pick(random, population)!)!);
    if (mutate(resource, random)) made.push({ what, resource });
  }
  return made;
};

const parts: { readonly name: string; readonly compared: Compared }[] = [];
for (const [name, packages] of [['r4-2019', []], ['us-core-6.1.0', [usCore]]] as const) {
  parts.push({ name: `${name}, broken`, compared: await proof.step(name, async () => compare(name, broken(await populationOf(name), chance(seed)), packages)) });
}
parts.push({ name: `${profiles} random profiles of R4`, compared: await proof.step('profiles', async () => {
  const random = chance(seed);
  const population = await populationOf('r4-2019');
  const core = definitionsFrom(await loadStores([], { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() }));
  const elementsOf = (type: string): never[] => ((core.get('StructureDefinition', `http://hl7.org/fhir/StructureDefinition/${type}`)?.['snapshot'] as { element: never[] } | undefined)?.element ?? []);
  const [made, definitions]: [Made[], Json[]] = [[], []];
  for (let n = 0; n < profiles; n++) {
    const ofType = pick(random, population)!;
    const example = parsed(pick(random, ofType)!);
    const profile = randomProfile(n, example, elementsOf, random);
    if (!profile) continue;
    definitions.push(...profile.definitions);
    for (let i = 0; i < 12; i++) {
      const resource = i < 3 ? structuredClone(example) : parsed(pick(random, ofType)!);
      if (i > 0) disturb(resource, profile, random);
      resource['meta'] = { ...resource['meta'] as Json | undefined, profile: [profile.url] };
      made.push({ what: profile.asks.join(', '), resource });
    }
  }
  const ig = join(folder, 'package');
  await mkdir(ig, { recursive: true });
  await writeFile(join(ig, 'package.json'), JSON.stringify({ name: 'a.example.random', version: '1.0.0', fhirVersions: ['4.0.1'], dependencies: {} }));
  for (const one of definitions) await writeFile(join(ig, `${String(one['resourceType'])}-${String(one['id'])}.json`), JSON.stringify(one));
  execFileSync('tar', ['-C', folder, '-czf', join(folder, 'random.tgz'), 'package']);
  return compare('profiles', made, [join(folder, 'random.tgz')]);
}) });

const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
const percent = (part: number, whole: number): string => `${(100 * part / whole).toFixed(1)}%`;
const judged = parts.map(({ name, compared: { rows, differences } }) => ({ name, rows, differences, resources: sum(rows, (r) => r.resources), errors: sum(rows, (r) => r.errors), agree: sum(rows, (r) => r.agree), places: sum(rows, (r) => r.places), samePlace: sum(rows, (r) => r.samePlace) }));
const causes = ({ differences }: (typeof judged)[number]): string[] => [...Map.groupBy(differences, ({ here, says }) => `${here ? 'only here' : 'only there'}: ${says}`)].sort((a, b) => b[1].length - a[1].length).slice(0, 20)
  .map(([cause, some]) => `- ${some.length} ${cause} (${[...new Set(some.map(({ what }) => what))].slice(0, 3).join('; ')})`);
await proof.tell({
  title: 'The HL7 engine on other mutations and other profiles', holds: judged.every((p) => p.agree / p.resources >= 0.98 && p.samePlace / p.places >= 0.95),
  lines: [
    'At least 98% the same verdict, error or none, and 95% at one place of theirs where both have errors. What the engine cannot verify offline and what it is silent on (targets of references, unknown extensions) is left out, as in test/conformance; nor are resources broken where HAPI, which runs the engine here, answers for codes otherwise than HL7: languages in capitals, relative code systems.', '',
    '| | resources | with an error there | same verdict | same place |', '|---|---|---|---|---|',
    ...judged.map((p) => `| ${p.name} | ${p.resources} | ${p.errors} | ${percent(p.agree, p.resources)} | ${percent(p.samePlace, p.places)} |`), '',
    ...judged.flatMap((p) => [`## ${p.name}: where the verdicts differ`, '', ...causes(p), '']),
  ],
});
