import { misbehaviour } from './misbehaviour.ts';

export const sameResourceTwice = misbehaviour({
  name: 'same-resource-twice', seenAt: 'several',
  does: 'The first resources of each file come again at its end.',
  parameters: { resources: 1 },
  start: ({ resources }) => ({
    exported(job) {
      for (const file of job.files) if (file.kind === 'output') file.lines.push(...file.lines.slice(0, resources));
      return job.files.length > 0;
    },
  }),
});
