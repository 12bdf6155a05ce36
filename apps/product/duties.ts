import type { DestructionCertificate, Duties, Taking } from '../../console/api/duties.ts';
import { appendEvent, appendEvents } from '../../ledger/append.ts';
import { patientKey } from '../../ledger/questions/all-questions.ts';
import { describeConsumer } from '../../pipelines/feed/describe-consumer.ts';
import { createReleaseActivities } from '../../pipelines/release/activities.ts';
import { amend } from '../../pipelines/retraction/amend.ts';
import { destroyPatient, previewDestruction } from '../../pipelines/retraction/destroy.ts';
import { hold, lift, setSchedule, suspendAccounting } from '../../pipelines/retraction/keep.ts';
import { beginRetraction, previewRetraction, type RetractionDeps } from '../../pipelines/retraction/retract.ts';
import { stepsOf, versionsNamed } from '../../storage/amendments.ts';
import type { Database, Queryable } from '../../storage/connect.ts';
import { allConsumers } from '../../storage/feeds.ts';
import type { RetractionScope } from '../../storage/retraction.ts';
import { AssayError } from '../../terms/errors.ts';

export const retractionDeps = (db: Database): RetractionDeps => ({ db, appendEvent, takeBack: createReleaseActivities({ db, appendEvents }).retractVersions });

/** @throws AssayError ASSAY_SOURCE_UNKNOWN, ASSAY_ARGUMENT_INVALID where a number is none, or the source is not named */
export async function scopeOf(db: Queryable, { what, named, source }: Taking): Promise<RetractionScope> {
  if ((what === 'version' || what === 'run') && !/^\d{1,18}$/.test(named)) throw new AssayError('ASSAY_ARGUMENT_INVALID', `the ${what}’s number`);
  if (what === 'version') return { version: named };
  if (what === 'run') return { run: named };
  if (what === 'rule') return { rule: named };
  if (source === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', 'the source');
  const at = (await patientKey(db, source, '')).source;
  return what === 'patient' ? { source: at, patient: named } : { source: at, device: named };
}

/** What governance does, as the API and the commands ask for it: names come in, rows are resolved here. */
export function createDuties(db: Database): Duties {
  const deps = retractionDeps(db);
  return {
    previewRetraction: async (taking) => previewRetraction(db, await scopeOf(db, taking)),
    async beginRetraction(taking, more) {
      const begun = await beginRetraction(deps, { scope: await scopeOf(db, taking), ...more });
      return begun === undefined ? undefined : { retraction: begun.id, versions: begun.versions.length };
    },
    async requestAmendment({ source, patient, records, says, named, by }) {
      const at = await patientKey(db, source, patient);
      const versions = await versionsNamed(db, at.source, patient, records);
      if (versions === undefined) throw new AssayError('ASSAY_RECORD_UNKNOWN');
      return amend(deps, { ...at, step: 'requested', request: null, versions, says, named: await consumersNamed(db, named), by });
    },
    async answerAmendment({ request, step, says, named, by }) {
      const [first] = await db.transaction((tx) => stepsOf(tx, request));
      if (first === undefined) throw new AssayError('ASSAY_AMENDMENT_STEP');
      return amend(deps, { source: first.source, patient: first.patient, step, request, versions: first.versions, says, named: await consumersNamed(db, named), by });
    },
    placeHold: async ({ source, patient, because, by }) => hold(deps, { ...await patientKey(db, source, patient), because, by }),
    liftHold: async ({ source, patient, by }) => lift(deps, { ...await patientKey(db, source, patient), by }),
    setSchedule: (schedule) => setSchedule(deps, schedule),
    previewDestruction: async ({ source, patient, schedule }) => previewDestruction(db, { ...await patientKey(db, source, patient), schedule }),
    destroy: async ({ source, patient, ...more }): Promise<DestructionCertificate> => destroyPatient(deps, { ...await patientKey(db, source, patient), ...more }),
    describeRecipient: ({ consumer, ...facts }) => describeConsumer(deps, consumer, facts),
    suspendAccounting: async ({ consumer, source, patient, because, until, written, by }) => suspendAccounting(deps, {
      consumer, because, until, written, by, ...(source === undefined || patient === undefined ? {} : { of: await patientKey(db, source, patient) }),
    }),
  };
}

/** @throws AssayError ASSAY_CONSUMER_UNKNOWN */
async function consumersNamed(db: Queryable, names: readonly string[]): Promise<number[]> {
  const known = new Map((await allConsumers(db)).map((one) => [one.name, one.id]));
  return names.map((name) => {
    const id = known.get(name);
    if (id === undefined) throw new AssayError('ASSAY_CONSUMER_UNKNOWN');
    return id;
  });
}
