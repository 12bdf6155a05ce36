/**
 * How many resources a second, against whom: JSON.parse alone, Ajv with the plain R4 schema, @medplum/core's
 * validateResource, and the HL7 Java engine, over the two Synthea sets, in one run. Each side one thread, from the
 * line's bytes, parse included; medians of CPU time, sides taking turns. Then: by resource type, by kind of check, two
 * cores against one, and `assay check` as a process: cold start and memory. `--no-java` leaves the HL7 engine out;
 * `--sides` leaves out all but the race.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsFrom } from '../packages/definition-store.ts';
import { defaultCacheDir, loadStores } from '../packages/load.ts';
import { createProfileValidator } from '../validators/profile/validator.ts';
import { byKind } from './validator/by-kind.ts';
import { measureCommand } from './validator/command.ts';
import { linesOf, shared } from './validator/lines.ts';
import { ajv, hl7, medplum, parse, race, type Side } from './validator/sides.ts';
import { oneAndTwo } from './validator/threads.ts';

const usCore = join(shared, 'packages/hl7.fhir.us.core-6.1.0.tgz');
const sets = [{ name: 'r4-2019', packages: [] as string[], passes: 80 }, { name: 'us-core-6.1.0', packages: [usCore], passes: 12 }];
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
const onlySides = process.argv.includes('--sides');

if (!existsSync(shared)) {
  console.log('bench validator: ../shared is absent, nothing to measure');
} else {
  const peers = [ajv(), medplum()];
  for (const { name, packages, passes } of sets) {
    const lines = linesOf(name);
    const stores = await loadStores(packages, { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() });
    const validator = createProfileValidator({ packages: definitionsFrom(stores) });
    const ours: Side = { name: 'assay', run: (bytes) => validator.validate(bytes) };
    const found = race([parse, ours, ...peers], lines, passes);
    const java = hl7(name, packages);
    if (java !== undefined) found.set('HL7 engine (Java, warm)', java);
    const [mine, parsing] = [found.get('assay')!, found.get('JSON.parse')!];
    console.log(`\n${name}: ${lines.length} resources, µs of CPU a resource (medians)`);
    console.table(Object.fromEntries([...found].map(([side, us]) => [side, { 'µs': round(us), 'a second': Math.round(1e6 / us), 'times assay': round(us / mine, 2) }])));
    console.log(`beyond the parse: ${round(mine - parsing)} µs, ${round((mine - parsing) / parsing, 2)} times JSON.parse`);
    if (onlySides) continue;
    console.table(Object.fromEntries([...Map.groupBy(lines, (line) => line.type)].map(([type, some]) => {
      const r = race([parse, ours], some, 6);
      return [type, { resources: some.length, 'parse µs': round(r.get('JSON.parse')!), 'assay µs': round(r.get('assay')!) }];
    })));
    console.table(Object.fromEntries([...byKind(() => { for (let i = 0; i < passes / 2; i++) for (const { bytes } of lines) ours.run(bytes); })]
      .map(([kind, share]) => [kind, { '%': round(100 * share), 'µs': round(mine * share, 2) }])));
    console.log('resources a second by the clock, findings in order');
    const rates = await oneAndTwo(packages, lines, 15);
    if (rates === undefined) console.log('taskset or a second core is absent: one core and two are not compared');
    else console.table(Object.fromEntries(Object.entries(rates).map(([side, row]) => [side, Object.fromEntries(Object.entries(row).map(([key, value]) => [key, round(value, 2)]))])));
  }
  if (!onlySides) {
    console.log('\nassay check as a process: seconds by the clock (median), greatest resident set');
    console.table(Object.fromEntries((await measureCommand(usCore, linesOf('us-core-6.1.0').filter((_, i) => i % 50 === 0).map(({ bytes }) => bytes), 7))
      .map(({ what, seconds, megabytes }) => [what, { seconds: round(seconds, 2), MB: Math.round(megabytes) }])));
  }
}
