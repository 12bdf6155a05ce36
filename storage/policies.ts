import { createHash } from 'node:crypto';
import type { Finding } from '../terms/finding.ts';
import type { Signature } from '../terms/decision.ts';
import type { Policy } from '../terms/policy.ts';
import type { PolicyTrial } from '../terms/policy-trial.ts';
import type { Queryable, Tx } from './connect.ts';

export type PolicyRow = {
  id: number; body: Policy; hash: Buffer; by: string; at: Date;
  /** Who was for it before `by` was, where no person had proposed it. */
  firstBy: string | null;
};

/** The policies that were ever in force, the newest first. */
export async function policies(db: Queryable, limit: number): Promise<PolicyRow[]> {
  const { rows } = await db.query<PolicyRow>(
    `select p.id, p.body, p.hash, p.put_by as by, p.in_force_at as at, (select first_by from policy_proposal where policy_id = p.id limit 1) as "firstBy"
       from policy p order by p.id desc limit $1`, [limit]);
  return rows;
}

/** The policy is in force from now on. One equal to the one in force changes nothing. @returns changed false: it was */
export async function putPolicy(tx: Tx, body: Policy, by: string): Promise<{ id: number; hash: string; changed: boolean }> {
  await tx.query('lock table policy in share row exclusive mode');
  const { rows: [equal] } = await tx.query<{ id: number; hash: Buffer }>(
    'select id, hash from policy where id = (select max(id) from policy) and body = $1::jsonb', [JSON.stringify(body)]);
  if (equal !== undefined) return { id: equal.id, hash: equal.hash.toString('hex'), changed: false };
  const hash = createHash('sha256').update(JSON.stringify(body)).digest();
  const { rows: [row] } = await tx.query<{ id: number }>(
    'insert into policy (body, hash, put_by) values ($1, $2, $3) returning id', [JSON.stringify(body), hash, by]);
  if (row === undefined) throw new Error('a policy that was just written is not there');
  await tx.query(`update policy_proposal set state = 'overtaken', decided_at = now() where state = 'open' and from_policy < $1`, [row.id]);
  return { id: row.id, hash: hash.toString('hex'), changed: true };
}

export type Proposal = {
  id: string; body: Policy; rule: string | null; because: string; by: string; at: Date; fromPolicy: number;
  state: 'open' | 'accepted' | 'refused' | 'overtaken'; decidedBy: string | null; decidedAt: Date | null;
  /** What it would change; null until a worker has tried it. */
  trial: PolicyTrial | null;
  /** The first of two people who are for what no person proposed; the case that tells the rule's owner. */
  firstBy: string | null; firstAt: Date | null; exception: string | null;
};

const proposal = `select id, body, rule, because, proposed_by as by, proposed_at as at, from_policy as "fromPolicy", state, first_by as "firstBy", first_at as "firstAt", exception_id as exception, decided_by as "decidedBy", decided_at as "decidedAt", trial from policy_proposal`;

/** The newest first. */
export async function proposals(db: Queryable, limit: number, state?: Proposal['state']): Promise<Proposal[]> {
  const { rows } = await db.query<Proposal>(`${proposal} where ($2::text is null or state = $2) order by id desc limit $1`, [limit, state ?? null]);
  return rows;
}

/** The proposal, locked. */
export async function lockProposal(tx: Tx, id: string): Promise<Proposal | undefined> {
  const { rows: [row] } = await tx.query<Proposal>(`${proposal} where id = $1 for update`, [id]);
  return row;
}

export async function propose(tx: Tx, made: { body: Policy; fromPolicy: number; rule: string; because: string; by: string }): Promise<string | undefined> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    `insert into policy_proposal (body, from_policy, rule, because, proposed_by)
     select $1, $2, $3, $4, $5 where not exists (select from policy_proposal where rule = $3 and from_policy = $2 and state = 'refused')
     on conflict (rule) where state = 'open' and rule is not null do nothing returning id`,
    [JSON.stringify(made.body), made.fromPolicy, made.rule, made.because, made.by]);
  return row?.id;
}

/** The case that tells the rule's owner. */
export async function proposalTold(tx: Tx, id: string, exception: string): Promise<void> {
  await tx.query('update policy_proposal set exception_id = $2 where id = $1', [id, exception]);
}

/** The first of two people is for it. */
export async function seconded(tx: Tx, id: string, by: string, signature?: Signature): Promise<void> {
  await tx.query('update policy_proposal set first_by = $2, first_at = now(), first_signature = $3 where id = $1', [id, by, signature === undefined ? null : JSON.stringify(signature)]);
}

/** What the accepted proposal became. */
export async function proposalBecame(tx: Tx, id: string, policy: number): Promise<void> {
  await tx.query('update policy_proposal set policy_id = $2 where id = $1', [id, policy]);
}

/** A person's proposal, made from the policy in force. @returns its id */
export async function proposeByHand(tx: Tx, made: { body: Policy; because: string; by: string }): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    'insert into policy_proposal (body, from_policy, because, proposed_by) select $1, max(id), $2, $3 from policy returning id', [JSON.stringify(made.body), made.because, made.by]);
  return row?.id ?? '';
}

/** Open proposals that no worker has tried, the oldest first. */
export async function untried(db: Queryable): Promise<{ id: string; body: Policy }[]> {
  const { rows } = await db.query<{ id: string; body: Policy }>(`select id, body from policy_proposal where state = 'open' and trial is null order by id`);
  return rows;
}

export async function keepTrial(db: Queryable, id: string, trial: PolicyTrial): Promise<void> {
  await db.query('update policy_proposal set trial = $2, tried_at = now() where id = $1 and trial is null', [id, JSON.stringify(trial)]);
}

export async function closeProposal(tx: Tx, id: string, state: 'accepted' | 'refused', by: string, signature?: Signature): Promise<void> {
  await tx.query('update policy_proposal set state = $2, decided_by = $3, decided_at = now(), signature = $4 where id = $1', [id, state, by, signature === undefined ? null : JSON.stringify(signature)]);
}

/** A current version with what was found of it. */
export type FoundHead = {
  version: string; source: number; patient: string; type: string; findings: Finding[] | null;
};
export type HeadPlace = { readonly source: number; readonly patient: string; readonly version: string };

/** Current versions with their findings behind a place, patient by patient. */
export async function foundHeads(db: Queryable, after: HeadPlace, limit: number): Promise<FoundHead[]> {
  const { rows } = await db.query<FoundHead>(
    `select v.id as version, v.source_id as source, v.patient, v.type, a.findings
       from version v join assessment a on a.version_id = v.id and a.current
      where v.head and not v.deletion and (v.source_id, v.patient, v.id) > ($1, $2, $3::bigint)
      order by v.source_id, v.patient, v.id limit $4`, [after.source, after.patient, after.version, limit]);
  return rows;
}
