import { misbehaviour } from './misbehaviour.ts';

export const kickOffAnswerLost = misbehaviour({
  name: 'kick-off-answer-lost', seenAt: 'fhir-data-pipes#1170 (from the client\'s side)',
  does: 'Starts the job and breaks the connection before answering, so that the status URL is lost.',
  parameters: {},
  start: () => ({
    after: ({ kind }, answer) => (kind === 'kick-off' && answer.status === 202 ? { ...answer, cutAfter: 0 } : undefined),
  }),
});
