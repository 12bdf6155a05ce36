import { day, moment } from '../reading/moments.ts';
import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

// Plans and requests lie ahead by nature; so do the ends of what still goes on.
const planned = new Set(['planned', 'preparation', 'draft', 'proposed', 'booked', 'pending', 'registered', 'on-hold', 'not-started']);
const ahead = new Set(['CarePlan.period.start', 'Goal.startDate', 'CareTeam.period.start', 'Claim.billablePeriod.start', 'ExplanationOfBenefit.billablePeriod.start']);

export const timeFuture = resourceRule({
  id: 'time-future', version: 2, category: 'temporal plausibility', owner: 'mapping',
  title: 'In the future', why: 'What has not happened yet cannot be in the record; clock, zone or year are probably wrong.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleTemporalAfter)'],
  reads: timeReads,
  check(resource, { asOf }) {
    return timesOf(resource.resourceType).flatMap((row) => {
      const time = timeAt(resource, row);
      // Most times are from a year before: the text alone says so.
      if (time === undefined || time.slice(0, 4) < asOf.slice(0, 4)) return [];
      if ((moment(time)?.from ?? 0) <= (moment(asOf)?.to ?? Infinity) + day) return [];
      const element = `${resource.resourceType}.${row.element}`;
      const status = resource['status'];
      // What is claimed was done; what is asked before has a time to come.
      if (row.states === 'happened' && ((ahead.has(element) && resource['use'] !== 'claim') || (typeof status === 'string' && planned.has(status)))) return [];
      if (row.end && status !== 'finished' && status !== 'completed' && status !== 'final') return [];
      return [wrong(element, 'This time lies more than one day after the record was retrieved; correct it at the source.')];
    });
  },
});
