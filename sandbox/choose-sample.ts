import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { patientsOf, sharedTypes } from './compartment.ts';
import { isObject, parseExact, type JsonObject } from './json-exact.ts';

// Makes sample/ from a Synthea bulk export: `node sandbox/choose-sample.ts FOLDER PATIENT_ID…`
// Whole patients, and of the shared types what they name, by id or by identifier; lines as they were.
const [source = '', ...patients] = process.argv.slice(2);
const target = join(import.meta.dirname, 'sample');
type Line = { type: string; text: string; resource: JsonObject };

const lines: Line[] = readdirSync(source).sort().flatMap((name) =>
  gunzipSync(readFileSync(join(source, name))).toString().split('\n').filter(Boolean).map((text) => {
    const resource = parseExact(text);
    return { type: name.split('.')[0] ?? '', text, resource: isObject(resource) ? resource : {} };
  }));

const chosen = new Set(lines.filter(({ resource }) => patientsOf(resource).some((id) => patients.includes(id))));
const named = new Set<string>();
let before = -1;
while (before !== chosen.size) {
  before = chosen.size;
  for (const { text } of chosen) for (const [, name] of text.matchAll(/"reference":"([^"]+)"/g)) named.add(name ?? '');
  for (const line of lines) if (sharedTypes.has(line.type) && namesOf(line).some((name) => named.has(name))) chosen.add(line);
}

/** Every way Synthea refers to a shared resource; a role comes with its practitioner. */
function namesOf({ type, resource }: Line): string[] {
  const own = [`${type}/${String(resource['id'])}`];
  const identifiers = JSON.stringify(resource['identifier'] ?? resource['practitioner'] ?? []);
  for (const [, system, value] of identifiers.matchAll(/"system":"([^"]+)","value":"([^"]+)"/g))
    own.push(`${type === 'PractitionerRole' ? 'Practitioner' : type}?identifier=${system}|${value}`);
  return own;
}

mkdirSync(target, { recursive: true });
for (const [type, ofType] of Map.groupBy(chosen, (line) => line.type))
  writeFileSync(join(target, `${type}.ndjson.gz`), gzipSync(ofType.map(({ text }) => `${text}\n`).join(''), { level: 9 }));
