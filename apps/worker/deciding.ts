import { appendEvents } from '../../ledger/append.ts';
import { createJudgeAgain } from '../../pipelines/assessment/judge-again.ts';
import type { ExceptionDeps } from '../../pipelines/exceptions/deps.ts';
import { releaseParts, retractParts } from '../../pipelines/release/chunk.ts';
import { policyInForce } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import { keepingPlans } from '../../storage/kept-plans.ts';
import type { Policy } from '../../terms/policy.ts';
import { judging } from './judging.ts';

/** Assessment and release, as the exceptions stage takes them. */
export const deciding = (db: Database, policySeed: Policy): Omit<ExceptionDeps, 'beat'> => ({
  db: keepingPlans(db), appendEvents, policy: (on) => policyInForce(on, policySeed),
  judgeAgain: createJudgeAgain({ ...judging, appendEvents }),
  release: (tx, decided) => releaseParts(tx, appendEvents, decided.map(({ versions, decision }) => ({ versions, body: { because: 'decided', decision }, decided: true }))),
  retract: (tx, taken, why) => retractParts(tx, appendEvents, taken, why),
});
