import { misbehaviour } from './misbehaviour.ts';

export const truncatedLastLine = misbehaviour({
  name: 'truncated-last-line', seenAt: 'several',
  does: 'The last line of each file of a type (of all when empty) ends in the middle, with no newline.',
  parameters: { type: '' },
  start: ({ type }) => ({
    exported(job) {
      const files = job.files.filter((file) => file.kind === 'output' && (type === '' || file.type === type));
      for (const file of files) {
        const last = file.lines.at(-1);
        if (!last) continue;
        const before = file.lines.slice(0, -1).flatMap((line) => [line, Buffer.from('\n')]);
        file.body = Buffer.concat([...before, last.subarray(0, Math.floor(last.length / 2))]);
      }
      return files.length > 0;
    },
  }),
});
