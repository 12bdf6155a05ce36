import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const duplicateKickOffConflicts = misbehaviour({
  name: 'duplicate-kick-off-conflicts', seenAt: 'Soarian',
  does: 'Answers 409 to a kick-off equal to one whose job still exists.',
  parameters: {},
  start: (_parameters, { jobs, fhirBase }) => ({
    before: ({ kind, url, client }) =>
      kind === 'kick-off' && [...jobs.values()].some((job) => job.client === client && job.request === new URL(url, fhirBase()).href)
        ? refuse(409, 'duplicate', 'The same export was requested before.')
        : undefined,
  }),
});
