import type { AssessmentActivities } from '../pipelines/assessment/activities.ts';
import type { ExceptionActivities } from '../pipelines/exceptions/activities.ts';
import type { LandingActivities } from '../pipelines/landing/activities.ts';
import type { ReleaseActivities } from '../pipelines/release/activities.ts';
import type { SourceActivities } from '../pipelines/source/activities.ts';

/** What a run's workflow may ask of a worker: ids and counts in and out (contract 24). */
export type RunActivities = SourceActivities & LandingActivities & AssessmentActivities & ReleaseActivities;
/** What a case's workflow may ask. */
export type CaseActivities = ExceptionActivities;
