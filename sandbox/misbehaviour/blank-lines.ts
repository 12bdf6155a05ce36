import { misbehaviour } from './misbehaviour.ts';

export const blankLines = misbehaviour({
  name: 'blank-lines', seenAt: 'several',
  does: 'A blank line after every so many, and one at the end.',
  parameters: { every: 10 },
  start: ({ every }) => ({
    exported(job) {
      for (const file of job.files) {
        file.lines = file.lines.flatMap((line, index) => ((index + 1) % every === 0 ? [line, Buffer.alloc(0)] : [line]));
        file.lines.push(Buffer.alloc(0));
      }
      return job.files.length > 0;
    },
  }),
});
