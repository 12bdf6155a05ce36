import type { FastifyRequest } from 'fastify';
import type { Database } from '../../storage/connect.ts';
import { delegations } from '../../storage/people.ts';
import type { QueueFilter as Filter } from '../../storage/queue.ts';
import type { QueueFilter } from './shapes/exceptions.ts';
import { facilities } from './sign-in/guard.ts';

const DAY_MS = 86_400_000;
const dueWithin = { late: 0, today: 1, week: 7 } as const;
/** Days of age: more than the first, at most the second. */
const ages = { '0-2': [-1, 2], '3-7': [2, 7], '8-14': [7, 14], '15-30': [14, 30], 'over-30': [30, 36_500] } as const;

/** What the address asks, as the statements over the queue take it: names of days made instants, `me` made people. */
export async function queueFilter(db: Database, request: FastifyRequest, { assignee, due, age, ...rest }: QueueFilter): Promise<Filter> {
  const now = Date.now();
  const allowed = await facilities(db, request);
  const ago = (days: number): Date => new Date(now - (days + 1) * DAY_MS);
  return {
    ...rest, ...(allowed === null ? {} : { facilities: allowed }),
    ...(assignee === undefined ? {} : { assignees: await subjects(db, request, assignee) }),
    ...(due === undefined ? {} : { dueBefore: new Date(now + dueWithin[due] * DAY_MS) }),
    ...(age === undefined ? {} : { openedBefore: new Date(now - (ages[age][0] < 0 ? 0 : (ages[age][0] + 1) * DAY_MS)), openedAfter: ago(ages[age][1]) }),
  };
}

/** Whose cases: one's own with those of the people one stands in for today; nobody's; somebody's. */
async function subjects(db: Database, request: FastifyRequest, assignee: string): Promise<string[]> {
  if (assignee === 'nobody') return [];
  const me = request.signedIn?.person;
  if (assignee !== 'me') return [assignee];
  if (me === undefined) return ['']; // nobody signed in: nobody's name
  const today = new Date().toISOString().slice(0, 10);
  const away = (await delegations(db, me)).filter((one) => one.delegate === me && one.fromDay <= today && one.untilDay >= today);
  return [me, ...away.map((one) => one.person)];
}
