import { refuse } from '../exchange.ts';
import { isRunning } from '../export-job.ts';
import { misbehaviour } from './misbehaviour.ts';

export const tooManyRequestsWhileExporting = misbehaviour({
  name: 'too-many-requests-while-exporting', seenAt: 'Cerner',
  does: 'While any export runs, answers the requests named in `on` (kick-off, status, search …) with 429 and a Retry-After of hours.',
  parameters: { retryAfterSeconds: 7200, on: ['kick-off'] },
  start: ({ retryAfterSeconds, on }, { jobs }) => ({
    before: ({ kind }) =>
      on.includes(kind) && [...jobs.values()].some(isRunning)
        ? refuse(429, 'throttled', 'An export is running.', { 'retry-after': String(retryAfterSeconds) })
        : undefined,
  }),
});
