import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../json-exact.ts';
import { seededRandom } from '../seeded-random.ts';
import { encounterRecords } from './encounter.ts';
import { diagnoses, drugs, type Diagnosis } from './diagnoses.ts';
import { person, pick, type Person } from './people.ts';
import { allergy, immunization, later, refer, staff } from './record.ts';
import { stays, visits, type Scenario } from './scenarios.ts';

// Makes data/: `node sandbox/coded/make.ts [SEED] [PATIENTS]`. The same seed gives the same bytes.
const [seed = 20261126, patients = 72] = process.argv.slice(2).map(Number);
const random = seededRandom(seed, 'coded');
const people = staff(random);
const made: JsonObject[] = [people.hospital, ...people.attending, people.resident];
const instant = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}-${String(1 + random.below(27)).padStart(2, '0')}T${String(8 + random.below(10)).padStart(2, '0')}:${pick(random, ['00', '15', '30', '45'])}:00Z`;
const fits = ({ sex, age = [0, 120] }: Scenario, own: string, years: number): boolean => (sex === undefined || sex === own) && years >= age[0] && years <= age[1];

function patient(number: number): void {
  const stay = stays[number % stays.length] as Scenario;
  const sex = stay.sex ?? (random.share() < 0.5 ? 'female' : 'male');
  const [from, to] = stay.age ?? [34, 82];
  const years = from + random.below(to - from + 1);
  const born = `${2024 - years}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`;
  const who = person(random, number, sex, born);
  const body = { cm: 152 + random.below(38), kg: 54 + random.below(46) };
  const own = [...new Set([0, 1].map(() => pick(random, visits.filter((visit) => fits(visit, sex, years) && (visit.name !== 'pregnancy' || stay.name === 'delivery')))))];
  const given = new Set([stay, ...own].flatMap((one) => one.diagnoses.flatMap((name) => (diagnoses[name] as Diagnosis).drugs ?? [])));
  const admitted = instant(2025, 2 + random.below(6));
  made.push(who.resource, allergy(random, who, '2024-01-08T09:00:00Z', given), immunization(random, who, instant(2024, 9)));
  own.forEach((visit, at) => made.push(...encounterRecords(random, who, visit, instant(2024, 3 + at * 6), body, people, number % 3 === 0 && visit.setting === 'outpatient')));
  made.push(...encounterRecords(random, who, stay, admitted, body, people, false));
  if (stay.name === 'delivery') birth(who, number, admitted);
}

/** The child of a delivery, with a stay of its own and a link to its mother. */
function birth(mother: Person, number: number, admitted: string): void {
  const child = person(random, 1000 + number, random.share() < 0.5 ? 'female' : 'male', later(admitted, 18).slice(0, 10), mother.family);
  const scenario: Scenario = { name: 'birth', setting: 'inpatient', complaint: 'Born at term', diagnoses: ['newborn'] };
  made.push(child.resource, { resourceType: 'RelatedPerson', id: random.id(), identifier: [{ system: 'urn:oid:1.2.36.146.595.217.0.3', value: mother.id }], active: true, patient: refer('Patient', child.id),
    relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH' }] }], name: [{ family: mother.family, given: [mother.given] }] },
    ...encounterRecords(random, child, scenario, later(admitted, 19), { cm: 51, kg: 3.4 }, people, false));
}

for (let number = 0; number < patients; number++) patient(number);
if (Object.values(diagnoses).some((one: Diagnosis) => one.drugs?.some((drug) => drugs[drug] === undefined))) throw new Error('A diagnosis names a drug that is not in the table.');
const target = join(import.meta.dirname, 'data');
mkdirSync(target, { recursive: true });
const once = new Map(made.map((one) => [`${String(one['resourceType'])}/${String(one['id'])}`, one]));
for (const [type, ofType] of Map.groupBy(once.values(), (one) => String(one['resourceType'])))
  writeFileSync(join(target, `${type}.ndjson.gz`), gzipSync(ofType.map((one) => `${JSON.stringify(one)}\n`).join(''), { level: 9 }));
console.log(`${once.size} resources of ${patients} patients and their children`);
