import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../../storage/connect.ts';
import { keepFindings } from '../../storage/finding-lists.ts';
import { store } from '../../storage/stored-bytes.ts';
import type { Finding } from '../../terms/finding.ts';
import { purposes } from '../../terms/purpose.ts';
import type { VerdictOutcome } from '../../terms/verdict.ts';

export type Judged = {
  readonly source: number;
  /** Begins another run of the source. */
  run(): Promise<string>;
  /** A version of a resource under patient `p`, now its head unless told otherwise. @returns its id */
  land(run: string, id: string, text: string | null, more?: { type?: string; patient?: string; head?: boolean }): Promise<string>;
  /** The version's current verdict, for all purposes or some. @param rule the rule whose finding made it so */
  judge(run: string, version: string, outcome: VerdictOutcome, more?: { purposes?: readonly string[]; rule?: string; withdraw?: boolean }): Promise<void>;
  partition(run: string, patients?: readonly string[]): Promise<string>;
};

/** Landed and assessed rows, for tests of what comes after: written as the stages before write them. */
export async function judgedVersions(db: Database): Promise<Judged> {
  const one = async <T>(text: string, values: unknown[]): Promise<T> => (await db.query<{ x: T }>(text, values)).rows[0]!.x;
  const name = `ehr-${randomUUID().slice(0, 8)}`;
  const source = await one<number>(`insert into source (name, kind, settings) values ($1, 'files', '{}') returning id as x`, [name]);
  const ruleSet = await one<number>(`insert into rule_set (hash, parts) values ($1, '{}') returning id as x`, [createHash('sha256').update(name).digest()]);
  const policy = async (onNewerHeld: string): Promise<number> => one(
    `insert into policy (body, hash, put_by) values ($1, '', 'test') returning id as x`, [JSON.stringify({ onNewerHeld })]);
  const [keep, withdraw] = [await policy('keep'), await policy('withdraw')];
  let line = 0;
  return {
    source,
    async run() {
      const run = await one<string>(`insert into run (source_id, started_by, asked) values ($1, $2, '{}') returning id as x`, [source, randomUUID()]);
      await db.query(`insert into run_file (run_id, name, kind, url) values ($1, 'f', 'output', '')`, [run]);
      return run;
    },
    async land(run, id, text, { type = 'Observation', patient = 'p', head = true } = {}) {
      const bytes = text === null ? undefined : Buffer.from(text);
      const stored = bytes && store(bytes);
      return db.transaction(async (tx) => {
        if (head) await tx.query('update version set head = false where source_id = $1 and type = $2 and logical_id = $3', [source, type, id]);
        const { rows: [row] } = await tx.query<{ id: string }>(
          `insert into version (source_id, type, logical_id, ordinal, deletion, head, hash, bytes, encoding, size, run_id, file_id, line, patient, refs)
           select $1, $2, $3, (select count(*) + 1 from version where source_id = $1 and type = $2 and logical_id = $3),
                  $4, $5, $6, $7, $8, $9, $10, (select id from run_file where run_id = $10), $11, $12, '{}' returning id`,
          [source, type, id, bytes === undefined, head, createHash('sha256').update(bytes ?? '').digest(),
            stored?.bytes ?? null, stored?.encoding ?? 0, bytes?.length ?? 0, run, ++line, patient]);
        return row!.id;
      });
    },
    async judge(run, version, outcome, more = {}) {
      const [list] = await keepFindings(db, [more.rule === undefined ? [] : [{ rule: more.rule, outcome: 'wrong' } as Finding]]);
      const assessment = await one<string>(
        `insert into assessment (version_id, rule_set_id, context_hash, run_id, as_of, finding_list) values ($1, $2, $3, $4, now(), $5)
         on conflict (version_id) where current do update set finding_list = excluded.finding_list returning id as x`,
        [version, ruleSet, Buffer.from(randomUUID()), run, list]);
      const wanted = more.purposes ?? purposes;
      await db.query(
        `update verdict set purposes = array(select unnest(purposes) except select unnest($2::text[])), current = not purposes <@ $2::text[]
          where version_id = $1 and current and purposes && $2::text[]`, [version, wanted]);
      await db.query(
        `insert into verdict (assessment_id, version_id, policy_id, waivers, purposes, outcome, flags, because, run_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [assessment, version, more.withdraw ? withdraw : keep, Buffer.from(randomUUID()), wanted, outcome,
          outcome === 'release-with-flags' ? ['some-rule'] : [], more.rule === undefined ? [] : [0], run]);
    },
    partition: (run, patients = ['p']) => one(
      `insert into partition (run_id, number, patients, state)
       select $1, (select count(*) + 1 from partition where run_id = $1), $2, 'assessed' returning id as x`, [run, patients]),
  };
}
