import type { appendEvent } from '../../ledger/append.ts';
import { openRetractions, OVERDUE_DAYS } from '../../ledger/questions/open-retractions.ts';
import { agedNotices } from '../../storage/amendments.ts';
import type { Database } from '../../storage/connect.ts';
import { tellOnce } from '../../storage/people.ts';
import type { Role } from '../../terms/role.ts';

type Deps = { readonly db: Database; readonly appendEvent: typeof appendEvent };

/** Who is told of a consumer's silence, after how many days. */
const steps: readonly { readonly days: number; readonly role: Role }[] = [{ days: OVERDUE_DAYS, role: 'privacy-officer' }, { days: 2 * OVERDUE_DAYS, role: 'governor' }];

/**
 * A consumer that was given what was taken back, or is to take note of an amendment, and says nothing: the privacy
 * officers are told, then the governors, once each for the oldest thing that waits. @returns how many were told
 */
export async function escalateSilence({ db, appendEvent }: Deps): Promise<number> {
  const silent = [
    ...(await openRetractions(db)).rows.map((one) => ({ kind: 'retraction-unacknowledged', consumer: one.consumer, about: `${one.consumer}, feed ${one.feed}, since ${one.since.slice(0, 10)}`, days: one.days })),
    ...(await agedNotices(db, OVERDUE_DAYS)).map((one) => ({ kind: 'amendment-unnoted', consumer: one.consumer, about: `${one.consumer}, since ${one.since.slice(0, 10)}`, days: one.days })),
  ];
  let told = 0;
  for (const { kind, consumer, about, days } of silent) {
    for (const { role } of steps.filter((step) => days >= step.days)) {
      told += await db.transaction(async (tx) => {
        const found = await tellOnce(tx, { kind, role, about, consumer });
        if (found !== undefined) await appendEvent(tx, 'escalated', { consumer: found, what: kind, to: role, days });
        return found === undefined ? 0 : 1;
      });
    }
  }
  return told;
}
