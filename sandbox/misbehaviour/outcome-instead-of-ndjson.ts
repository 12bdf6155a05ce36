import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const outcomeInsteadOfNdjson = misbehaviour({
  name: 'outcome-instead-of-ndjson', seenAt: 'several',
  does: 'A download answers with an OperationOutcome, by default with status 200.',
  parameters: { status: 200 },
  start: ({ status }) => ({
    after: ({ kind }, answer) =>
      kind === 'download' && answer.status === 200 ? refuse(status, 'transient', 'The file is not ready.') : undefined,
  }),
});
