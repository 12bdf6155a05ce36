import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import policySeed from '../../fhir-profiles/policy/default.json' with { type: 'json' };
import { seedPolicy } from '../../apps/product/change-policy.ts';
import { appendEvent as writeEvent, type Said } from '../../ledger/append.ts';
import { ruleSetHash } from '../../ledger/verify/rule-sets.ts';
import { createAssessmentActivities } from '../../pipelines/assessment/activities.ts';
import { createConsumer } from '../../pipelines/feed/consumers.ts';
import { feedRoutes } from '../../pipelines/feed/http.ts';
import { createLandingActivities } from '../../pipelines/landing/activities.ts';
import { createReleaseActivities } from '../../pipelines/release/activities.ts';
import { releaseChunk } from '../../pipelines/release/chunk.ts';
import { decide, reachingHolds } from '../../pipelines/triage/decide.ts';
import { policyRule } from '../../pipelines/triage/policy-rule.ts';
import { knowRuleSet, policyInForce } from '../../storage/assessment.ts';
import type { Database, Tx } from '../../storage/connect.ts';
import { settleFeed } from '../../storage/feeds.ts';
import type { Finding } from '../../terms/finding.ts';
import type { Policy } from '../../terms/policy.ts';
import { purposes } from '../../terms/purpose.ts';

export type Given = { readonly type: string; readonly id: string; readonly patient?: string; readonly text?: string; readonly deleted?: boolean; readonly target?: string; readonly agent?: string };

/** A finding that the default policy holds; a resource whose text says `held` has it (`held for X`: in a case of its own), and from a version of the rule on one that says `fails since` it. */
const held: Finding = {
  rule: 'reference-missing', ruleVersion: 1, outcome: 'wrong', scope: 'resource', severity: 'error', code: 'required', expression: 'Observation.subject',
  says: 'A reference that must be there is absent.', evidence: [{ expression: 'Observation.subject', role: 'for' }], cause: 'Observation.subject',
};

/** The stages one after the other over what a test gives, as a worker runs them, without Temporal. */
export async function governedHistory(db: Database, { rule = 1, append: appendEvent = writeEvent }: { rule?: number; append?: typeof writeEvent } = {}) {
  const source = (await db.query<{ id: number }>(`insert into source (name, kind, settings) values ($1, 'files', '{}') returning id`, [`ehr-${randomUUID().slice(0, 8)}`])).rows[0]!.id;
  let given: readonly Given[] = [];
  let version = rule;
  const fails = (text: string): boolean => text.includes('held') || version >= Number(/fails since (\d+)/.exec(text)?.[1] ?? Infinity);
  const check = (bytes: Uint8Array): Finding[] => {
    const text = Buffer.from(bytes).toString('utf8');
    return fails(text) ? [{ ...held, ruleVersion: version, cause: /held for (\w+)/.exec(text)?.[1] ?? held.cause }] : [];
  };
  const ruleSet = () => {
    const parts = { [`rule ${held.rule}`]: `${version}`, [`package of source ${source}`]: '' };
    return knowRuleSet(db, ruleSetHash(parts), parts);
  };
  const appendEvents = async (tx: Tx, events: readonly Said[]): Promise<void> => { for (const { kind, body, covered, about } of events) await appendEvent(tx, kind, body, covered, about); };
  const landing = createLandingActivities({
    db, appendEvent, check, ruleSet, beat: () => {},
    async* openItems(_db, _file, from) {
      for (const [place, one] of given.entries()) {
        if (place + 1 < from.line) continue;
        const item = { line: place + 1, nextOffset: place + 1 };
        if (one.deleted === true) yield { ...item, bytes: Buffer.alloc(0), deleted: { type: one.type, id: one.id } };
        else yield { ...item, bytes: Buffer.from(JSON.stringify(resource(one))) };
      }
    },
  });
  const assessment = createAssessmentActivities({
    db, appendEvent, beat: () => {}, models: async () => undefined, check, checkPatient: () => new Map(), evaluates: () => new Set(), projects: () => false,
    project: () => ({}), clinicalTime: () => '', decide, reachingHolds, policyRule, ruleSet,
    policy: () => policyInForce(db, policySeed as unknown as Policy),
    release: (tx, versions, of, first) => releaseChunk(tx, appendEvents, versions, { run: of.run, body: of }, first),
  });
  await seedPolicy(db, policySeed as unknown as Policy);
  const release = createReleaseActivities({ db, appendEvents });
  for (const purpose of purposes) await settleFeed(db, { name: purpose, purpose, types: null, sources: null });
  return {
    source,
    /** From now on the rule has another version: another rule set. */
    raiseRule(to: number) { version = to; },
    /** A run that lands these, without what comes after. */
    async land(items: readonly Given[]): Promise<string> {
      given = items;
      const { rows: [run] } = await db.query<{ id: string }>(`insert into run (source_id, started_by, asked) values ($1, $2, '{}') returning id`, [source, randomUUID()]);
      const { rows: [file] } = await db.query<{ id: string }>(
        `insert into run_file (run_id, name, kind, url) values ($1, 'f', 'history', '') returning id`, [run!.id]);
      await landing.landFile(file!.id);
      return run!.id;
    },
    /** Assesses and releases what a run touched. */
    async settle(run: string, atOnce = 1): Promise<void> {
      await this.plan(run);
      await this.assess(run, atOnce);
      await this.release(run);
    },
    plan: (run: string) => assessment.planPartitions(run),
    /** @param atOnce partitions that are assessed together, as a worker does; one by one, the events' order is known */
    async assess(run: string, atOnce = 1): Promise<void> {
      const waiting = (await assessment.partitionsToAssess(run, 1_000)).values();
      await Promise.all(Array.from({ length: atOnce }, async () => { for (const partition of waiting) await assessment.assessPartition(partition); }));
    },
    async release(run: string): Promise<void> {
      for (const partition of await assessment.partitionsToRelease(run, 1_000)) await release.releasePartition(partition);
      await db.query(`update run set state = 'completed', finished_at = now() where id = $1`, [run]);
    },
    async govern(items: readonly Given[], atOnce = 1): Promise<string> {
      const run = await this.land(items);
      await this.settle(run, atOnce);
      return run;
    },
    retract: release.retractVersions,
    consumer: (name: string, feed = 'care', models: readonly string[] = []) => createConsumer({ db, appendEvent }, { name, feeds: [feed], models }),
    /** @returns the HTTP status */
    async acknowledge(token: string, feed: string, sequence: number): Promise<number> {
      const app = Fastify();
      await app.register(feedRoutes, { db, appendEvent });
      const { statusCode } = await app.inject({ method: 'POST', url: `/feeds/${feed}/acknowledgements`, headers: { authorization: `Bearer ${token}` }, payload: { sequence } });
      await app.close();
      return statusCode;
    },
    /** Reads a feed over HTTP's own routes. @returns how many entries came */
    async read(token: string, { feed = 'care', after = 0, limit = 1_000 } = {}): Promise<number> {
      const app = Fastify();
      await app.register(feedRoutes, { db, appendEvent });
      const { body } = await app.inject({ url: `/feeds/${feed}/entries?after=${after}&limit=${limit}`, headers: { authorization: `Bearer ${token}` } });
      await app.close();
      return body.split('\n').filter((line) => line !== '').length;
    },
  };
}

export type GovernedHistory = Awaited<ReturnType<typeof governedHistory>>;

const resource = ({ type, id, patient, text, target, agent }: Given) => ({
  resourceType: type, id, meta: { lastUpdated: '2026-01-02T03:04:05.678Z' }, ...(text === undefined ? {} : { text: { status: 'generated', div: text } }),
  ...(patient === undefined || type === 'Patient' ? {} : { subject: { reference: `Patient/${patient}` } }),
  ...(target === undefined ? {} : { target: [{ reference: target }] }),
  ...(agent === undefined ? {} : { agent: [{ who: { reference: agent } }] }),
});
