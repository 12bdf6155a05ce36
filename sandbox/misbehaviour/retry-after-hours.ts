import { misbehaviour } from './misbehaviour.ts';

export const retryAfterHours = misbehaviour({
  name: 'retry-after-hours', seenAt: 'Cerner',
  does: 'Says a long Retry-After wherever one is said, and on every 202 status and 429.',
  parameters: { seconds: 7200 },
  start: ({ seconds }) => ({
    after: ({ kind }, answer) =>
      answer.headers['retry-after'] || answer.status === 429 || (kind === 'status' && answer.status === 202)
        ? { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
        : undefined,
  }),
});
