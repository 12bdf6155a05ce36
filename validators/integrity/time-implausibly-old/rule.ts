import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

export const timeImplausiblyOld = resourceRule({
  id: 'time-implausibly-old', version: 2, category: 'temporal plausibility', owner: 'registration',
  title: 'Implausibly long ago', why: 'A default date or a lost century stands where the true date belongs.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleYearOfBirth, plausibleTemporal: 1850, 1950)'],
  parameters: {
    schema: { type: 'object', properties: { firstEvent: { type: 'string' }, firstBirth: { type: 'string' } }, required: ['firstEvent', 'firstBirth'] },
    defaults: { firstEvent: '1950', firstBirth: '1850' },
  },
  reads: timeReads,
  check: (resource) => timesOf(resource.resourceType).flatMap((row) => {
    const time = timeAt(resource, row);
    // Years have four digits: text compares as they do.
    const first = row.states === 'born' ? '1850' : '1950';
    return time === undefined || time >= first ? []
      : [wrong(`${resource.resourceType}.${row.element}`, 'This lies so long ago that the date is probably a default or has lost its century.')];
  }),
});
