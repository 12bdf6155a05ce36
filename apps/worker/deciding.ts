import { appendEvent } from '../../ledger/append.ts';
import { createJudgeAgain } from '../../pipelines/assessment/judge-again.ts';
import type { ExceptionDeps } from '../../pipelines/exceptions/deps.ts';
import { releaseChunk, retractChunk } from '../../pipelines/release/chunk.ts';
import { policyInForce } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import type { Policy } from '../../terms/policy.ts';
import { judging } from './judging.ts';

/** Assessment and release, as the exceptions stage takes them. */
export const deciding = (db: Database, policySeed: Policy): Omit<ExceptionDeps, 'beat'> => ({
  db, appendEvent, policy: (on) => policyInForce(on, policySeed),
  judgeAgain: createJudgeAgain({ ...judging, appendEvent }),
  release: (tx, versions, decision) => releaseChunk(tx, appendEvent, versions, { body: { because: 'decided', decision }, decided: true }),
  retract: (tx, versions, purposes, why) => retractChunk(tx, appendEvent, versions, purposes, why),
});
