import { expect, test } from 'vitest';
import seed from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import { policyInForce } from '../../storage/assessment.ts';
import { decidePair } from '../../storage/candidates/identity-duplicate-pair.ts';
import { forgetNotes } from '../../storage/candidates/note-shared-text.ts';
import { forgetValues, saveTally } from '../../storage/landed-tally.ts';
import { forgetPatient } from '../../storage/patient-keys.ts';
import { registerSource } from '../../storage/source.ts';
import type { Policy } from '../../terms/policy.ts';
import { policyRule } from '../triage/policy-rule.ts';
import { testDatabase } from '../../test/support/database.ts';
import { judgedVersions } from '../../test/support/judged-versions.ts';
import { landedTally } from '../../validators/integrity/templates/landed-tally.ts';
import { judgePopulation } from './judge-population.ts';

const { db } = await testDatabase();

const deps = { db, beat() {}, policyRule, policy: async () => ({ ...await policyInForce(db, seed as Policy), body: seed as Policy }) };

const ada = { name: [{ given: ['Ada'], family: 'Byron' }], birthDate: '1980-03-04', gender: 'female', telecom: [{ system: 'phone', value: '617-555-0101' }],
  address: [{ line: ['1 Elm St'], postalCode: '01970' }] };
const typed = { ...ada, name: [{ given: ['Adah'], family: 'Biron' }] };
const moved = { ...ada, name: [{ given: ['Ada'], family: 'Byron-Wolff' }], address: [{ line: ['9 Oak Rd'], postalCode: '02139' }] };
const marcus = { name: [{ given: ['Marcus'], family: 'Wolff' }], birthDate: '1951-11-30', gender: 'male' };

/** A source of its own, with runs that land patients and other resources. */
async function population(settings: { personSystem?: string } = {}) {
  const { source, run, land } = await judgedVersions(db);
  await db.query('update source set settings = $2 where id = $1', [source, settings]);
  let current = '';
  const put = (type: string, id: string, body: object | null, patient = id): Promise<string> =>
    land(current, id, body === null ? null : JSON.stringify({ resourceType: type, id, ...body }), { type, patient });
  return {
    source,
    /** Lands these patients in a new run and judges it, twice. @returns patients about whom something changed */
    async patients(patients: Readonly<Record<string, object | null>>, more: () => Promise<unknown> = async () => {}): Promise<string[]> {
      await db.query(`update run set state = 'completed' where source_id = $1`, [source]);
      current = await run();
      for (const [id, body] of Object.entries(patients)) await put('Patient', id, body);
      await more();
      await judgePopulation(deps, current);
      expect((await judgePopulation(deps, current)).judged).toBe(0);
      const { rows } = await db.query<{ patient: string }>('select distinct patient from population_finding where run_id = $1 order by 1', [current]);
      return rows.map((row) => row.patient);
    },
    put,
    /** Lands results of a device, as landing counts them. */
    async results(device: string, values: readonly number[]): Promise<void> {
      const tally = landedTally('2026-11-26');
      for (const [at, value] of values.entries()) {
        const body = { code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] }, device: { reference: `Device/${device}` }, valueQuantity: { value, code: 'Cel' } };
        tally.add({ resourceType: 'Observation', ...body }, await put('Observation', `${device}-${at}`, body, 'a'));
      }
      await db.transaction((tx) => saveTally(tx, { source, run: current, file: device, fromLine: 1 }, tally.done()));
    },
    refs: (version: string, ...refs: string[]) => db.query('update version set refs = $2 where id = $1', [version, refs]),
    /** `patient expression cause` of what stands for a rule. */
    async standing(rule: string): Promise<string[]> {
      const { rows } = await db.query<{ says: string }>(
        `select p.patient || ' ' || (f ->> 'expression') || ' ' || regexp_replace(f ->> 'cause', '^group [0-9]+$', 'group N') as says
           from population_finding p cross join lateral jsonb_array_elements(p.findings) as f
          where p.source_id = $1 and p.rule = $2 and p.current order by 1`, [source, rule]);
      return rows.map((row) => row.says);
    },
    async pair(one: string, other: string) {
      const { rows: [row] } = await db.query<{ one: string; other: string }>(
        `select least(a.id, b.id) as one, greatest(a.id, b.id) as other from patient_key a, patient_key b
          where a.source_id = $1 and b.source_id = $1 and a.logical_id = $2 and b.logical_id = $3`, [source, one, other]);
      return row!;
    },
  };
}

test('a pair in one run; a third of the group in the next touches all three, and is one case', async () => {
  const { patients, standing } = await population();
  expect(await patients({ a: ada, b: typed, m: marcus })).toEqual(['a', 'b']);
  expect(await standing('identity-duplicate-pair')).toEqual(['a Patient group N', 'b Patient group N']);
  expect(await patients({ n: { ...marcus, name: [{ given: ['Lucius'], family: 'Verus' }], birthDate: '1960-01-02' } })).toEqual([]);
  expect(await patients({ c: ada })).toEqual(['a', 'b', 'c']);
  expect(await standing('identity-duplicate-pair')).toHaveLength(6);
  const { rows } = await db.query(`select distinct f -> 0 ->> 'cause' from (select findings as f from population_finding where current and patient in ('a', 'b', 'c')) as x`);
  expect(rows).toHaveLength(1);
});

test('decided different is remembered, until the demographics change', async () => {
  const { patients, standing, pair } = await population();
  await patients({ a: ada, b: typed });
  const both = await pair('a', 'b');
  expect(await db.transaction((tx) => decidePair(tx, both, 'different', 'grace'))).toBe(true);
  expect(await patients({})).toEqual(['a', 'b']);
  expect(await standing('identity-duplicate-pair')).toEqual([]);
  expect(await patients({ a: { ...ada, maritalStatus: { text: 'married' } } })).toEqual([]);
  expect(await patients({ b: moved })).toEqual(['a', 'b']);
});

test('the same people in two sources of one person system: one record where the numbers agree, a pair where they differ', async () => {
  const number = (value: string) => ({ identifier: [{ system: 'urn:oid:1.2.36', value, type: { coding: [{ code: 'MR' }] } }] });
  const [north, south, alone] = [await population({ personSystem: 'county' }), await population({ personSystem: 'county' }), await population()];
  const standing = () => Promise.all([north, south].map((one) => one.standing('identity-duplicate-pair')));
  await north.patients({ a: { ...ada, ...number('1') }, m: { ...marcus, ...number('2') } });
  // Marcus has one number in both; Ada was registered twice.
  expect(await south.patients({ b: { ...typed, ...number('9') }, n: { ...marcus, ...number('2') } })).toEqual(['b']);
  expect(await alone.patients({ a: ada, m: marcus })).toEqual([]);
  // The first source has said so after its next run, and the second has nothing new to say.
  expect(await north.patients({})).toEqual(['a']);
  expect(await south.patients({})).toEqual([]);
  expect(await standing()).toEqual([['a Patient group N'], ['b Patient group N']]);
  // The registry gives the first the number of the second: they are one record.
  expect(await north.patients({ a: { ...ada, ...number('9') } })).toEqual(['a']);
  expect(await south.patients({})).toEqual(['b']);
  expect(await standing()).toEqual([[], []]);
});

test('what two sources have of one person ends with the record of either, and a decision stands for both', async () => {
  const [north, south] = [await population({ personSystem: 'shire' }), await population({ personSystem: 'shire' })];
  const standing = () => Promise.all([north, south].map((one) => one.standing('identity-duplicate-pair')));
  await north.patients({ a: ada });
  await south.patients({ b: typed });
  await north.patients({});
  const { rows: [pair] } = await db.query<{ one: string; other: string }>('select least(a.id, b.id) as one, greatest(a.id, b.id) as other from patient_key a, patient_key b where a.source_id = $1 and b.source_id = $2', [north.source, south.source]);
  expect(await db.transaction((tx) => decidePair(tx, pair!, 'different', 'grace'))).toBe(true);
  await north.patients({});
  await south.patients({});
  expect(await standing()).toEqual([[], []]);
  await south.patients({ b: moved });
  await north.patients({});
  expect(await standing()).toEqual([['a Patient group N'], ['b Patient group N']]);
  await south.patients({ b: null });
  expect(await north.patients({})).toEqual(['a']);
  expect(await standing()).toEqual([[], []]);
});

test('sources that come to share a registry are compared, and those that leave it no longer', async () => {
  const [north, south] = [await population(), await population()];
  const name = async (source: number) => (await db.query<{ name: string }>('select name from source where id = $1', [source])).rows[0]!.name;
  await north.patients({ a: ada });
  await south.patients({ b: typed });
  for (const { source } of [north, south]) await registerSource(db, { name: await name(source), kind: 'files', settings: { personSystem: 'vale' } });
  expect([await south.patients({}), await north.patients({})]).toEqual([['b'], ['a']]);
  await registerSource(db, { name: await name(south.source), kind: 'files', settings: {} });
  expect([await south.patients({}), await north.patients({})]).toEqual([['b'], ['a']]);
});

test('merged, made inactive or deleted at the source, it is no pair any more', async () => {
  for (const after of [{ ...typed, active: false }, { ...typed, link: [{ other: { reference: 'Patient/a' }, type: 'replaced-by' }] }, null]) {
    const { patients, standing } = await population();
    await patients({ a: ada, b: typed });
    expect(await standing('identity-duplicate-pair')).toHaveLength(2);
    expect(await patients({ b: after })).toEqual(['a', 'b']);
    expect(await standing('identity-duplicate-pair')).toEqual([]);
  }
});

test('one person’s number on two records, until one gives it up', async () => {
  const { patients, standing } = await population();
  const number = (value: string) => ({ identifier: [{ system: 'urn:oid:1.2.3', value: 'x' }, { system: 'urn:oid:1.2.36', value, type: { coding: [{ code: 'MR' }] } }] });
  await patients({ a: { ...ada, ...number('7') }, m: { ...marcus, ...number('8') } });
  expect(await standing('identity-shared-identifier')).toEqual([]);
  expect(await patients({ m: { ...marcus, ...number('7') } })).toEqual(['a', 'm']);
  expect(await standing('identity-shared-identifier')).toEqual(['a Patient.identifier[1] identifier of type MR', 'm Patient.identifier[1] identifier of type MR']);
  expect(await patients({ a: { ...ada, ...number('9') } })).toEqual(['a', 'm']);
  expect(await standing('identity-shared-identifier')).toEqual([]);
});

test('one encounter of two patients, also when the second comes in a later run', async () => {
  const { patients, standing, put, refs } = await population();
  const observation = async (id: string, patient: string) =>
    refs(await put('Observation', id, { effectiveDateTime: '2020-01-01', encounter: { reference: 'Encounter/e' } }, patient), 'Encounter/e', `Patient/${patient}`);
  await patients({ a: ada, m: marcus }, async () => { await put('Encounter', 'e', {}, 'a'); await observation('o1', 'a'); });
  expect(await standing('identity-encounter-many-patients')).toEqual([]);
  expect(await patients({}, () => observation('o2', 'm'))).toEqual(['m']);
  expect(await standing('identity-encounter-many-patients')).toEqual(['m Observation.encounter encounter of two patients']);
  // The source files it where it belongs.
  expect(await patients({}, () => observation('o2', 'a'))).toEqual(['m']);
  expect(await standing('identity-encounter-many-patients')).toEqual([]);
  // The encounter itself turns out to be another patient's.
  expect(await patients({}, () => put('Encounter', 'e', {}, 'm'))).toEqual(['a']);
  expect(await standing('identity-encounter-many-patients')).toHaveLength(2);
});

test('a token that more than a tenth of all share', async () => {
  const { patients, standing } = await population();
  const token = (text: string) => ({ identifier: [{ system: 'urn:token', value: text.padStart(64, '0') }] });
  const many = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`p${at}`, { birthDate: `19${10 + at}-01-01`, ...token(String(at + 1)) }]));
  await patients(many);
  expect(await standing('identity-token-sharing')).toEqual([]);
  await patients({ p0: { ...many['p0'], ...token('2') } });
  expect(await standing('identity-token-sharing')).toEqual(['p0 Patient.identifier[0] shared token', 'p1 Patient.identifier[0] shared token']);
});

test('one value again and again at one device, not at the others', async () => {
  const { patients, standing, results } = await population();
  const measured = (count: number, often: number) => Array.from({ length: count }, (_, at) => (at < often ? 37 : 36 + (at % 25) / 10));
  await patients({ a: ada }, async () => { await results('1', measured(60, 5)); await results('2', measured(60, 4)); });
  expect(await standing('value-default-spike')).toEqual([]);
  expect(await patients({}, () => results('3', measured(50, 30)))).toEqual(['a']);
  const found = await standing('value-default-spike');
  expect(new Set(found)).toEqual(new Set(['a Observation.value loinc 8310-5 in Cel']));
  expect(found.length).toBeGreaterThanOrEqual(30);
});

test('of a patient whose record is destroyed nothing is kept to compare by, and of the others all', async () => {
  const { source, patients, results } = await population();
  const ssn = { identifier: [{ system: 'http://hl7.org/fhir/sid/us-ssn', value: '219-08-4321' }] };
  await patients({ a: { ...ada, ...ssn }, b: { ...typed, ...ssn }, m: marcus }, () => results('1', [36.5, 37]));
  const kept = async (): Promise<unknown> => (await db.query(
    `select (select count(*)::int from patient_key where source_id = $1) as keys, (select count(distinct key_id)::int from patient_block where source_id = $1) as blocked,
            (select count(*)::int from patient_identifier where source_id = $1) as identified,
            (select count(*)::int from patient_pair k join patient_key p on p.id = k.one where p.source_id = $1) as pairs,
            (select sum(cardinality(value_versions))::int from landed_tally where source_id = $1) as numbers`, [source])).rows[0];
  expect(await kept()).toEqual({ keys: 3, blocked: 3, identified: 2, pairs: 1, numbers: 2 });
  await db.transaction(async (tx) => { await forgetValues(tx, source, 'b'); await forgetPatient(tx, source, 'b'); });
  expect(await kept()).toEqual({ keys: 2, blocked: 2, identified: 1, pairs: 0, numbers: 2 });
  await db.transaction(async (tx) => { await forgetValues(tx, source, 'a'); await forgetPatient(tx, source, 'a'); });
  expect(await kept()).toEqual({ keys: 1, blocked: 1, identified: 0, pairs: 0, numbers: 0 });
});

test('a note copied into another patient’s chart, not what many share, not what is the patient’s own, until one of the two is struck', async () => {
  const { patients, standing, put, source } = await population();
  const text = (from: number): string => Array.from({ length: 120 }, (_, at) => `finding${from + at}`).join(' ');
  const note = (id: string, patient: string, date: string, words: string, status = 'current') =>
    put('DocumentReference', id, { status, date, content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(words).toString('base64') } }] }, patient);
  const template = text(9_000);
  expect(await patients({ a: ada, m: marcus }, async () => {
    for (const [at, patient] of ['a', 'm', 'c', 'd'].entries()) await note(`t${patient}`, patient, `2026-01-0${at + 1}T10:00:00Z`, template);
    await note('own1', 'a', '2026-02-01T10:00:00Z', text(0));
    await note('own2', 'a', '2026-02-02T10:00:00Z', text(0));
  })).toEqual([]);
  expect(await patients({}, () => note('copy', 'm', '2026-02-03T10:00:00Z', `${template} ${text(0)}`))).toEqual(['m']);
  expect(await standing('note-shared-text')).toEqual(Array(2).fill('m DocumentReference.content DocumentReference.content'));
  const { rows: [kept] } = await db.query<{ said: string }>(`select jsonb_agg(findings)::text as said from population_finding where source_id = $1 and rule = 'note-shared-text'`, [source]);
  expect(kept?.said).not.toContain('finding1');
  expect(await patients({}, () => note('copy', 'm', '2026-02-03T10:00:00Z', text(0), 'entered-in-error'))).toEqual(['m']);
  expect(await standing('note-shared-text')).toEqual([]);
  // What a fourth patient has as well is a template.
  await patients({}, async () => { await note('copy', 'm', '2026-02-03T10:00:00Z', text(0)); });
  expect(await standing('note-shared-text')).toHaveLength(2);
  await patients({}, async () => { for (const patient of ['c', 'd']) await note(`n${patient}`, patient, '2026-02-05T10:00:00Z', text(0)); });
  expect(await standing('note-shared-text')).toEqual([]);
  // Nothing is kept of whose record is destroyed.
  await db.transaction(async (tx) => { for (const patient of ['a', 'c', 'd']) await forgetNotes(tx, source, patient); });
  expect((await db.query('select from note_window w join note_key k using (version_id) where k.source_id = $1', [source])).rowCount).toBeGreaterThan(0);
  expect((await db.query(`select from note_key where source_id = $1 and patient <> 'm'`, [source])).rowCount).toBe(0);
});
