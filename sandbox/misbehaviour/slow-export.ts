import { misbehaviour } from './misbehaviour.ts';

export const slowExport = misbehaviour({
  name: 'slow-export', seenAt: 'Epic (days to weeks)',
  does: 'Keeps a job running until it was polled so often and so many seconds have passed.',
  parameters: { polls: 3, seconds: 0 },
  start: ({ polls, seconds }, { jobs }) => ({
    exported(job) {
      job.readyAt = Infinity;
      return true;
    },
    before({ kind, path }) {
      const job = kind === 'status' ? jobs.get(path['job'] ?? '') : undefined;
      if (job && job.polls >= polls && Date.now() >= job.started + seconds * 1000) job.readyAt = Math.min(job.readyAt, Date.now());
      return undefined;
    },
  }),
});
