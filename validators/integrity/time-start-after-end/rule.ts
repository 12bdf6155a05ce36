import { inventory, pathTo } from '../reading/inventory.ts';
import { isBefore } from '../reading/moments.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

export const timeStartAfterEnd = resourceRule({
  id: 'time-start-after-end', version: 2, category: 'temporal plausibility', owner: 'mapping',
  title: 'A period starts after its end', why: 'Lengths of stay, durations and everything counted from them come out negative.',
  sources: ['http://hl7.org/fhir/R4/datatypes.html#Period (per-1)'],
  reads: { '*': [] },
  check: (resource) => inventory(resource).periods.filter((period) => isBefore(period.end, period.start))
    .map((period) => wrong(pathTo(resource, period), 'This period starts after it ends; correct one of the two.', { code: 'invariant' })),
});
