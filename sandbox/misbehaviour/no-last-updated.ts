import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const noLastUpdated = misbehaviour({
  name: 'no-last-updated', seenAt: 'Epic',
  does: 'Searches know no _lastUpdated: `answer` refuse gives 400, ignore gives everything. The CapabilityStatement does not list it.',
  parameters: { answer: 'refuse' },
  start: ({ answer: how }) => ({
    before({ kind, query }) {
      if (kind !== 'search' || !query.has('_lastUpdated')) return undefined;
      if (how === 'refuse') return refuse(400, 'not-supported', 'Search parameter _lastUpdated is not supported.');
      query.delete('_lastUpdated');
      return undefined;
    },
    after({ url }, answer) {
      if (!url.endsWith('/metadata')) return undefined;
      const text = Buffer.concat(answer.body).toString().replaceAll('{"name":"_lastUpdated","type":"date"},', '');
      return { ...answer, body: [Buffer.from(text)] };
    },
  }),
});
