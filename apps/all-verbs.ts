import { amendmentsAnswer, amendmentsRequest } from './commands/amendments.ts';
import { api } from './commands/api.ts';
import { auditFhir } from './commands/audit-fhir.ts';
import { auditKeep } from './commands/audit-keep.ts';
import { auditProof } from './commands/audit-proof.ts';
import { auditQuestions } from './commands/audit-questions.ts';
import { auditVerify } from './commands/audit-verify.ts';
import { cases } from './commands/cases.ts';
import { check } from './commands/check.ts';
import { configCheck } from './commands/config-check.ts';
import { alarms } from './commands/alarms.ts';
import { consumers, consumersAdd, consumersRevoke } from './commands/consumers.ts';
import { consumersDescribe } from './commands/consumers-describe.ts';
import { identity, identityDecide } from './commands/identity.ts';
import { accountingSuspend, destroy, holdsLift, holdsPlace, retentionSet } from './commands/keeping.ts';
import { models, modelsPut, modelsWithdraw } from './commands/models.ts';
import { policyAccept, policyProposals, policyPut, policyRefuse, policyShow, policyTry } from './commands/policy.ts';
import { profiles, profilesAdd, profilesSchema } from './commands/profiles.ts';
import { reassess } from './commands/reassess.ts';
import { retract } from './commands/retract.ts';
import { rules } from './commands/rules.ts';
import { run } from './commands/run.ts';
import { runs, runsCancel } from './commands/runs.ts';
import { scores } from './commands/scores.ts';
import { sourcesShow } from './commands/sources-show.ts';
import { sources } from './commands/sources.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { worker } from './commands/worker.ts';
import type { Verb } from './verb.ts';

/** Every command, in the order of --help. */
export const allVerbs: readonly Verb[] = [
  check, start, run, runs, runsCancel, reassess, cases, sources, sourcesShow, consumers, consumersAdd, consumersRevoke, consumersDescribe,
  profiles, profilesAdd, profilesSchema,
  rules, policyShow, policyTry, policyPut, policyProposals, policyAccept, policyRefuse,
  models, modelsPut, modelsWithdraw, identity, identityDecide, alarms, scores, retract, amendmentsRequest, amendmentsAnswer, holdsPlace, holdsLift, retentionSet, destroy, accountingSuspend,
  auditVerify, ...auditQuestions, auditProof, auditFhir, ...auditKeep, status, configCheck, worker, api,
];
