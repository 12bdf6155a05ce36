import type { Resource } from '../../../terms/rule.ts';
import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import { day, moment } from '../reading/moments.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

// Days from recording to the source's own first version. A retrieval long after both is a first load, not a lag.
const bound = 30;

const firstVersion = (resource: Resource): string | undefined => {
  const meta = resource['meta'] as { lastUpdated?: string; versionId?: string } | undefined;
  return meta?.versionId === undefined || meta.versionId === '1' ? meta?.lastUpdated : undefined;
};

export const timeSourceLag = resourceRule({
  id: 'time-source-lag', version: 2, category: 'temporal plausibility', owner: 'mapping',
  title: 'Recorded long before it could be retrieved', why: 'What reaches the source’s interface weeks late was not there when care or models would have needed it.',
  sources: ['PCORnet Data Quality Checks (latency)'],
  parameters: { schema: { type: 'object', properties: { days: { type: 'integer', minimum: 1 } }, required: ['days'] }, defaults: { days: bound } },
  reads: timeReads,
  check(resource) {
    const row = timesOf(resource.resourceType).find((one) => one.states === 'recorded' && timeAt(resource, one) !== undefined);
    const landed = firstVersion(resource);
    if (row === undefined || landed === undefined) return [];
    const [recorded, available] = [moment(timeAt(resource, row)), moment(landed)];
    if (recorded === undefined || available === undefined || available.from - recorded.to <= bound * day) return [];
    return [wrong(`${resource.resourceType}.${row.element}`, 'The source made this available long after it was recorded.', { cause: `${resource.resourceType} over ${bound} days` })];
  },
});
