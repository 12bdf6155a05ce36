import { createHash } from 'node:crypto';
import type { Finding } from '../terms/finding.ts';
import type { Policy } from '../terms/policy.ts';
import type { Verdict } from '../terms/verdict.ts';
import { bigints, byteStrings, integers, texts } from './array-parameters.ts';
import type { Queryable, Tx } from './connect.ts';
import { keepFindings } from './finding-lists.ts';
import { reserveIds } from './reserve-ids.ts';

/** The rule set has a row. @param hash SHA-256 in hex; @param parts what it was made from */
export async function knowRuleSet(db: Queryable, hash: string, parts: object): Promise<number> {
  const bytes = Buffer.from(hash, 'hex');
  await db.query('insert into rule_set (hash, parts) values ($1, $2) on conflict do nothing', [bytes, JSON.stringify(parts)]);
  const { rows: [row] } = await db.query<{ id: number }>('select id from rule_set where hash = $1', [bytes]);
  if (row === undefined) throw new Error('a rule set that was just written is not there');
  return row.id;
}

/** SHA-256 in hex. */
export async function hashOfRuleSet(db: Queryable, id: number): Promise<string> {
  const { rows: [row] } = await db.query<{ hash: string }>(`select encode(hash, 'hex') as hash from rule_set where id = $1`, [id]);
  return row?.hash ?? '';
}

export type PolicyInForce = { id: number; body: Policy; at: Date };

/** The policy in force is the newest row; the seed becomes the first (contract 13). */
export async function policyInForce(db: Queryable, seed: Policy): Promise<PolicyInForce> {
  const newest = () => db.query<PolicyInForce>('select id, body, in_force_at as at from policy order by id desc limit 1');
  let { rows: [row] } = await newest();
  if (row === undefined) {
    const body = JSON.stringify(seed);
    await db.query(
      `insert into policy (body, hash, put_by) select $1, $2, 'seed' where not exists (select from policy)`,
      [body, createHash('sha256').update(body).digest()]);
    ({ rows: [row] } = await newest());
  }
  if (row === undefined) throw new Error('a policy that was just written is not there');
  return row;
}

/** One writer a patient at a time, to the end of the transaction. */
export async function lockCompartment(tx: Tx, source: number, patient: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [source, patient]);
}

/** The same for several, in one order, so that two who want some of them never wait for each other; what is in no compartment is nobody's. */
export async function lockCompartments(tx: Tx, of: readonly { readonly source: number; readonly patient: string }[]): Promise<void> {
  const patients = of.filter(({ patient }) => patient !== '');
  if (patients.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(source, hashed) from (
       select distinct source, hashtext(patient) as hashed from unnest($1::int[], $2::text[]) as k (source, patient) order by 1, 2) as inorder`,
    [integers(patients.map((one) => one.source)), texts(patients.map((one) => one.patient))]);
}

/** The version's resource-scope findings were made again under another rule set. */
export async function refreshLanded(tx: Tx, ruleSet: number, versions: readonly { version: string; findings: readonly Finding[] }[]): Promise<void> {
  if (versions.length === 0) return;
  await tx.query(
    `update version v set finding_list = fresh.list, landed_rule_set = $1
       from unnest($2::bigint[], $3::bigint[]) as fresh (version, list) where v.id = fresh.version`,
    [ruleSet, versions.map((one) => one.version), await keepFindings(tx, versions.map((one) => one.findings))]);
}

/** `first`: the version has neither assessment nor verdict that could be current. */
export type NewAssessment = { version: string; findings: readonly Finding[]; first?: boolean };

/**
 * The assessments are on record, keyed (version, rule set, context), and count as current.
 * @returns version → assessment; `fresh`: it is a new row
 */
export async function assessVersions(tx: Tx, key: { run: string; asOf: Date; ruleSet: number; contextHash: Buffer },
  assessments: readonly NewAssessment[]): Promise<Map<string, { id: string; fresh: boolean }>> {
  if (assessments.length === 0) return new Map();
  const versions = assessments.map((one) => one.version);
  const again = assessments.filter((one) => one.first !== true).map((one) => one.version);
  if (again.length > 0) await tx.query('update assessment set current = false where version_id = any($1) and current', [again]);
  const { rows } = await tx.query<{ id: string; version: string; fresh: boolean }>(
    `insert into assessment (version_id, rule_set_id, context_hash, run_id, as_of, finding_list)
     select version, $1, $2, $3, $4, list from unnest($5::bigint[], $6::bigint[]) as made (version, list)
     on conflict (version_id, rule_set_id, context_hash) do update set current = true
     returning id, version_id as version, xmax = 0 as fresh`,
    [key.ruleSet, key.contextHash, key.run, key.asOf, bigints(versions), bigints(await keepFindings(tx, assessments.map((one) => one.findings)))]);
  return new Map(rows.map(({ version, id, fresh }) => [version, { id, fresh }]));
}

const NO_RULINGS = new Uint8Array();

/** `rulings`: the hash of the decisions of people that it was made under; absent where there were none. */
export type NewVerdict = Verdict & { version: string; assessment: string; cleared: readonly string[]; rulings?: Buffer; first?: boolean };

/**
 * The verdicts count as current for their versions; those before no longer do.
 * @param run null: each version's own, where no run but a person's decision is behind them
 * @returns their ids, in order
 */
export async function settleVerdicts(tx: Tx, run: string | null, policy: number, verdicts: readonly NewVerdict[]): Promise<string[]> {
  if (verdicts.length === 0) return [];
  const again = verdicts.filter((one) => one.first !== true).map((one) => one.version);
  if (again.length > 0) await tx.query('update verdict set current = false where version_id = any($1) and current', [again]);
  // Names of purposes, ids of rules and numbers hold no comma.
  const list = (values: readonly (readonly (string | number)[])[]) => texts(values.map((value) => value.join(',')));
  const ids = await reserveIds(tx, 'verdict', verdicts.length);
  await tx.query(
    `insert into verdict (id, run_id, policy_id, assessment_id, version_id, outcome, held_by, purposes, flags, because, cleared, waivers)
     overriding system value
     select id, coalesce($1::bigint, (select v.run_id from version v where v.id = version)), $2, assessment, version, outcome, held_by,
            string_to_array(purposes, ','), string_to_array(flags, ','), string_to_array(because, ',')::int[], string_to_array(cleared, ','), waivers
       from unnest($3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bytea[], $12::bigint[])
            as settled (assessment, version, outcome, held_by, purposes, flags, because, cleared, waivers, id)`,
    [run, policy, bigints(verdicts.map((one) => one.assessment)), bigints(verdicts.map((one) => one.version)),
      texts(verdicts.map((one) => one.outcome)), bigints(verdicts.map((one) => one.heldBy ?? null)),
      list(verdicts.map((one) => one.purposes)), list(verdicts.map((one) => one.flags)),
      list(verdicts.map((one) => one.because)), list(verdicts.map((one) => one.cleared)),
      byteStrings(verdicts.map((one) => one.rulings ?? NO_RULINGS)), bigints(ids)]);
  return ids;
}
