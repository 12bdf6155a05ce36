import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const filesExpire = misbehaviour({
  name: 'files-expire', seenAt: 'Cerner (30 days)',
  does: 'Result files are gone so many seconds after the job finished; the manifest\'s Expires says when.',
  parameters: { seconds: 2_592_000 },
  start: ({ seconds }, { jobs }) => {
    const expiry = (jobId: string | undefined) => (jobs.get(jobId ?? '')?.readyAt ?? Infinity) + seconds * 1000;
    return {
      before: ({ kind, path }) =>
        kind === 'download' && Date.now() >= expiry(path['job']) ? refuse(404, 'not-found', 'The file has expired.') : undefined,
      after: ({ kind, path }, answer) =>
        kind === 'status' && answer.status === 200
          ? { ...answer, headers: { ...answer.headers, expires: new Date(expiry(path['job'])).toUTCString() } }
          : undefined,
    };
  },
});
