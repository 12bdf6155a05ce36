import { misbehaviour } from './misbehaviour.ts';

export const historyInExport = misbehaviour({
  name: 'history-in-export', seenAt: 'several (the same resource twice in one export)',
  does: 'Exports every version of a resource, oldest first, not only the current one.',
  parameters: {},
  start: () => ({ select: (ask) => ({ ...ask, allVersions: true }) }),
});
