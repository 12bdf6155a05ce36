import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const searchNeedsParameter = misbehaviour({
  name: 'search-needs-parameter', seenAt: 'Epic (EpisodeOfCare needs type)',
  does: 'A search of the type without the parameter answers 400.',
  parameters: { type: 'EpisodeOfCare', parameter: 'type' },
  start: ({ type, parameter }) => ({
    before: ({ kind, path, query }) =>
      kind === 'search' && path['type'] === type && !query.has(parameter)
        ? refuse(400, 'required', `A search for ${type} needs ${parameter}.`)
        : undefined,
  }),
});
