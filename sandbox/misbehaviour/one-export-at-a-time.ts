import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const oneExportAtATime = misbehaviour({
  name: 'one-export-at-a-time', seenAt: 'Epic',
  does: 'Refuses a kick-off while the client has a job, finished or not, that it has not DELETEd.',
  parameters: { status: 429 },
  start: ({ status }, { jobs }) => ({
    before: ({ kind, client }) =>
      kind === 'kick-off' && [...jobs.values()].some((job) => job.client === client)
        ? refuse(status, 'throttled', 'Another export of this client exists. Delete it first.')
        : undefined,
  }),
});
