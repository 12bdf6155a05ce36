import { misbehaviour } from './misbehaviour.ts';

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

export const byteOrderMark = misbehaviour({
  name: 'byte-order-mark', seenAt: 'several',
  does: 'Each file begins with a UTF-8 byte order mark.',
  parameters: {},
  start: () => ({
    exported(job) {
      for (const file of job.files) if (file.lines[0]) file.lines[0] = Buffer.concat([mark, file.lines[0]]);
      return job.files.length > 0;
    },
  }),
});
