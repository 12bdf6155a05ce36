import { misbehaviour } from './misbehaviour.ts';

export const wrongContentLength = misbehaviour({
  name: 'wrong-content-length', seenAt: 'several',
  does: 'Content-Length of a download is off by so many bytes: above 0 the connection closes before the promised end, below 0 the end is beyond it.',
  parameters: { by: 100 },
  start: ({ by }) => ({
    after: ({ kind }, answer) => (kind === 'download' && answer.status === 200 ? { ...answer, lengthOffBy: by } : undefined),
  }),
});
