import { generateKeyPairSync } from 'node:crypto';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { createApi } from '../../console/api/app.ts';
import type { ApiDeps } from '../../console/api/deps.ts';
import { proposePolicy, settleProposal } from '../../apps/product/change-policy.ts';
import { changeModel } from '../../apps/product/change-models.ts';
import { createDuties } from '../../apps/product/duties.ts';
import { appendEvent } from '../../ledger/append.ts';
import type { Database } from '../../storage/connect.ts';
import calendar from '../../fhir-profiles/own/business-calendar.json' with { type: 'json' };
import { policySeed } from '../../apps/policy-file.ts';
import { usualDecisions } from '../../terms/policy.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';

/** Swallows what it is told; Fastify's own, so that its shape is right. */
const silent: FastifyBaseLogger = Fastify().log;

/** The API over a test's database. Starting a run inserts its row, as the worker's first activity would. */
export const consoleApi = (db: Database, given: Partial<ApiDeps> = {}) => createApi({
  db, duties: createDuties(db), plugins: [], ledgerKey: async () => generateKeyPairSync('ed25519').privateKey, appendEvent, askCase: async () => {}, requestsReader: async () => undefined, changeModel: (model, entry, by) => changeModel(db, model, entry, by), calendar,
  proposePolicy: (body, because, by) => proposePolicy(db, body, because, by), settleProposal: async (...of) => { await settleProposal(db, ...of); },
  scoring: async () => ({ rules: allRules, policy: { id: 1, body: policySeed, at: new Date('2026-01-01T00:00:00Z') } }), deciding: async () => ({ ...usualDecisions, undoSeconds: 10 }), log: silent, health: async () => [{ part: 'PostgreSQL', state: 'up' }],
  ruleFacts: new Map([...allRules.map(({ id, title, why }) => [id, { title, why }] as const),
    ['profile-invariant', { title: 'A rule of the profile is broken', why: 'Readers of the profile rely on it.' }],
  ]),
  startRun: async (source) => {
    const { rows: [row] } = await db.query<{ startedBy: string }>(
      `insert into run (source_id, started_by, asked) select id, gen_random_uuid()::text, '{}' from source where name = $1
       returning started_by as "startedBy"`, [source]);
    return { startedBy: row?.startedBy ?? '' };
  },
  ...given,
});
