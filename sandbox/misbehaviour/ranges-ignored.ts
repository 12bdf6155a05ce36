import { misbehaviour } from './misbehaviour.ts';

export const rangesIgnored = misbehaviour({
  name: 'ranges-ignored', seenAt: 'several',
  does: 'A range request gets the whole file with status 200.',
  parameters: {},
  start: () => ({
    after({ kind }, answer) {
      const { 'accept-ranges': ranges, ...headers } = answer.headers;
      return kind === 'download' && ranges ? { ...answer, headers } : undefined;
    },
  }),
});
