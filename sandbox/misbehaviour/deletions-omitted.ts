import { misbehaviour } from './misbehaviour.ts';

export const deletionsOmitted = misbehaviour({
  name: 'deletions-omitted', seenAt: 'most servers (fhir-data-pipes#1218, cumulus-etl#167 ask for them)',
  does: 'The manifest names no deleted resources, whatever was deleted.',
  parameters: {},
  start: () => ({ select: (ask) => ({ ...ask, withDeletions: false }) }),
});
