import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { describeConsumer } from '../../pipelines/feed/describe-consumer.ts';
import { testDatabase } from '../../test/support/database.ts';
import { ledgerHistory } from '../../test/support/ledger-history.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';
import { appendEvent } from '../append.ts';
import { makeCheckpoint } from '../checkpoint.ts';
import { parseCheckpoint } from '../verify/checkpoint.ts';
import { auditEventsOf, DISCLOSURE } from './audit-events.ts';
import { provenanceOf } from './provenance.ts';

const { db } = await testDatabase();
const ledger = await ledgerHistory(db, 3, 0);
afterAll(ledger.remove);
const patient = { source: ledger.history.source, patient: 's' };
const validator = createProfileValidator({ packages: await loadPackages([join(import.meta.dirname, '../../fhir-profiles/own/StructureDefinition-balp-disclosure-source.json')]) });
const errors = (resource: object | undefined): string[] => validator.validate(Buffer.from(JSON.stringify(resource)))
  .filter((one) => one.severity === 'error' || one.severity === 'fatal').map((one) => `${one.expression}: ${one.says}`);

beforeAll(async () => {
  const { token } = await ledger.history.consumer('cohort', 'care');
  await ledger.history.govern([{ type: 'Patient', id: 's' }, { type: 'Observation', id: 's1', patient: 's' }]);
  await ledger.history.read(token);
  await describeConsumer({ db, appendEvent }, 'cohort', { legalName: 'Cohort, Inc.', address: '1 Main St', relation: 'disclosure', purpose: 'study 7', legalBasis: '164.512(i)', agreement: 'DUA 7', by: 'ada' });
  await db.transaction((tx) => appendEvent(tx, 'record-viewed', { by: 'ada', screen: 'packet' }, [], [patient]));
  await makeCheckpoint(ledger.signing);
});

test('an entry’s Provenance names the version, the bytes and the rule set; the checkpoint that seals it signs it', async () => {
  const { rows: [entry] } = await db.query<{ n: number; hash: string }>(
    `select e.sequence::float8 as n, encode(v.hash, 'hex') as hash from feed_entry e join version v on v.id = e.version_id where e.logical_id = 's1' and e.purpose = 'care'`);
  const provenance = await provenanceOf(db, entry!.n);
  expect(errors(provenance)).toEqual([]);
  expect(provenance).toMatchObject({ target: [{ reference: 'Observation/s1' }], entity: [{ what: { identifier: { value: entry!.hash } } }], reason: [{ text: 'care' }] });
  const { signature: [signature] } = provenance as { signature: { data: string }[] };
  expect(parseCheckpoint(Buffer.from(signature!.data, 'base64').toString('utf8'))?.size).toBeGreaterThan(3);
  expect(await provenanceOf(db, 1_000_000)).toBeUndefined();
});

test('a disclosure is IHE’s, a view is an AuditEvent, and one that lacks what the profile asks for is refused', async () => {
  const events = await auditEventsOf(db, patient) as { id: string; meta?: { profile: string[] }; agent: object[]; entity: object[] }[];
  expect(events.map((event) => event.meta?.profile[0])).toEqual([DISCLOSURE, undefined]);
  for (const event of events) expect(errors(event)).toEqual([]);
  const [disclosure, view] = events;
  expect(disclosure).toMatchObject({ type: { code: '110106' }, agent: [{ who: { display: 'fhir-assay' } }, { who: { display: 'Cohort, Inc.' } }], purposeOfEvent: [{ text: 'study 7' }] });
  expect(disclosure!.entity).toHaveLength(3);
  expect(view).toMatchObject({ agent: [{ who: { display: 'ada' } }] });
  for (const broken of [{ agent: disclosure!.agent.slice(0, 1) }, { entity: disclosure!.entity.slice(1) }, { action: 'C' }, { subtype: undefined }, { source: { observer: { display: 'another' } } }]) {
    expect(errors({ ...disclosure, ...broken }), Object.keys(broken)[0]).not.toEqual([]);
  }
});

test('a use inside is no disclosure', async () => {
  await describeConsumer({ db, appendEvent }, 'cohort', { legalName: 'Cohort, Inc.', address: '1 Main St', relation: 'internal-use', purpose: '', legalBasis: '', agreement: '', by: 'ada' });
  expect((await auditEventsOf(db, patient) as { meta?: object }[]).filter((event) => event.meta !== undefined)).toEqual([]);
});
