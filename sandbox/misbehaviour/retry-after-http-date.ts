import { misbehaviour } from './misbehaviour.ts';

export const retryAfterHttpDate = misbehaviour({
  name: 'retry-after-http-date', seenAt: 'fhir-bulk-data-docs#30',
  does: 'Says Retry-After as an HTTP date, not as seconds.',
  parameters: {},
  start: () => ({
    after(_asked, answer) {
      const seconds = answer.headers['retry-after'];
      if (!seconds || !/^\d+$/.test(seconds)) return undefined;
      const date = new Date(Date.now() + Number(seconds) * 1000).toUTCString();
      return { ...answer, headers: { ...answer.headers, 'retry-after': date } };
    },
  }),
});
