import { outcome } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const outcomeInSearchset = misbehaviour({
  name: 'outcome-in-searchset', seenAt: 'several',
  does: 'Each page of a search has an OperationOutcome among its entries, with or without its search.mode.',
  parameters: { mode: true },
  start: ({ mode }) => ({
    page(asked, entries) {
      if (asked.kind !== 'search' && asked.kind !== 'next-page') return undefined;
      const bytes = Buffer.from(JSON.stringify(outcome('informational', 'Some results may be withheld.', 'warning')));
      return [...entries, mode ? { bytes, mode: 'outcome' } : { bytes }];
    },
  }),
});
