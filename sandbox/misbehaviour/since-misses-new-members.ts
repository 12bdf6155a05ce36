import { misbehaviour } from './misbehaviour.ts';

export const sinceMissesNewMembers = misbehaviour({
  name: 'since-misses-new-members', seenAt: 'HL7/bulk-data#82',
  does: 'A group export with _since lacks the older history of patients who joined the group after it.',
  parameters: {},
  start: () => ({ select: (ask) => (ask.level === 'group' ? { ...ask, newMembersInFull: false } : undefined) }),
});
