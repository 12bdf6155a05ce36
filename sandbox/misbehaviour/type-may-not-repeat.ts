import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const typeMayNotRepeat = misbehaviour({
  name: 'type-may-not-repeat', seenAt: 'Cerner, Epic',
  does: 'Answers 400 to a kick-off with more than one _type parameter (a comma list is fine).',
  parameters: {},
  start: () => ({
    before: ({ kind, query }) =>
      kind === 'kick-off' && query.getAll('_type').length > 1 ? refuse(400, 'invalid', '_type may be given once.') : undefined,
  }),
});
