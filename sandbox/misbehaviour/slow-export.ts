import { misbehaviour } from './misbehaviour.ts';

export const slowExport = misbehaviour({
  name: 'slow-export', seenAt: 'Epic (days to weeks)',
  does: 'Keeps a job running until it was polled so often and so many seconds have passed.',
  parameters: { polls: 3, seconds: 0 },
  start: ({ polls, seconds }) => ({
    exported(job) {
      job.pollsToGo = polls;
      job.readyAt = Math.max(job.readyAt, job.started + seconds * 1000);
      return true;
    },
  }),
});
