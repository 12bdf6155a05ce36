import { expect, test } from 'vitest';
import { compartmentPage } from '../../storage/compartment.ts';
import { testDatabase } from '../../test/support/database.ts';
import type { AssessmentDeps } from './deps.ts';
import { readCompartment } from './read-compartment.ts';

const { db } = await testDatabase();
/** Only what reading asks for. */
const deps = { db, beat: () => {}, check: () => [], projects: () => true, project: (resource: object) => resource, clinicalTime: () => '' } as unknown as AssessmentDeps;

test('a conditional reference is where hydration found that it leads; one that led nowhere is absent', async () => {
  const { rows: [at] } = await db.query<{ source: number; run: string; file: string }>(
    `with s as (insert into source (name, kind, settings) values ('s', 'files', '{}') returning id),
          r as (insert into run (source_id, started_by, asked) select id, 'w', '{}' from s returning id, source_id)
     insert into run_file (run_id, name, kind, url) select id, 'f', 'hydrated', '' from r
     returning run_id as run, id as file, (select source_id from r) as source`);
  if (at === undefined) throw new Error('no rows');
  const [there, gone, nobodys] = ['1', '2', '3'].map((value) => `Practitioner?identifier=sys|${value}`) as [string, string, string];
  const land = (type: string, id: string, patient: string, refs: string[]) => db.query(
    `insert into version (source_id, type, logical_id, ordinal, head, hash, bytes, encoding, size, run_id, file_id, line, patient, refs)
     values ($1, $2, $3, 1, true, '', convert_to('{"resourceType":"' || $2 || '"}', 'UTF8'), 0, 1, $4, $5, length($3::text) + length($2::text), $6, $7)`,
    [at.source, type, id, at.run, at.file, patient, refs]);
  await land('Encounter', 'e', 'p', [there, gone, nobodys]);
  await land('Practitioner', 'd', '', []);
  await db.query(
    `insert into hydration_request (run_id, reference, file_id, line, outcome, resolved)
     values ($1, $3, $2, 1, 'fetched', 'Practitioner/d'), ($1, $4, $2, 2, 'absent-at-source', null)`, [at.run, at.file, there, gone]);
  await db.query(`insert into hydration_fact (source_id, reference, fact, run_id) values ($1, $2, 'absent-at-source', $3)`, [at.source, gone, at.run]);
  const { view } = await readCompartment(deps, { source: at.source, patient: 'p', asOf: new Date(0), ruleSet: 1, failedTypes: new Set(), models: undefined },
    (after, limit) => compartmentPage(db, at.source, 'p', after, limit), new Map());
  expect([there, gone, nobodys].map((reference) => view.reference(reference))).toEqual(['landed', 'absent-at-source', 'not-asked']);
  expect([...view.entries].map(({ type, place }) => `${type} ${place}`)).toEqual(['Encounter compartment', 'Practitioner referenced']);
});
