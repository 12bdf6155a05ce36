import { decide, reachingHolds } from '../../pipelines/triage/decide.ts';
import { policyRule } from '../../pipelines/triage/policy-rule.ts';
import { checkPatient, rulesReading } from '../../validators/integrity/check-patient.ts';
import { clinicalTime } from '../../validators/integrity/reading/clinical-time.ts';
import { project, projection } from '../../validators/integrity/projection.ts';
import type { AssessmentDeps } from '../../pipelines/assessment/deps.ts';

/** The rules and the triage, as the assessment stage takes them. */
export const judging = {
  checkPatient: (view, changed) => checkPatient(view, changed === undefined ? {} : { readTypesChanged: changed }),
  evaluates: (changed) => new Set((changed === undefined ? rulesReading.all() : rulesReading(changed)).map((rule) => rule.id)),
  projects: (type) => projection[type] !== undefined || projection['*'] !== undefined,
  project, clinicalTime, decide, reachingHolds, policyRule,
} satisfies Partial<AssessmentDeps>;
