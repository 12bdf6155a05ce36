import { misbehaviour } from './misbehaviour.ts';

export const linkedResourcesOmitted = misbehaviour({
  name: 'linked-resources-omitted', seenAt: 'Epic',
  does: 'Leaves linked types out of exports; they can be read one by one.',
  parameters: { types: ['Medication', 'Practitioner', 'PractitionerRole', 'Location', 'Organization'] },
  start: ({ types }) => ({ select: (ask) => ({ ...ask, leaveOut: [...ask.leaveOut, ...types] }) }),
});
