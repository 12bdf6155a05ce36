import { outcome } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const partialSuccess = misbehaviour({
  name: 'partial-success', seenAt: 'Soarian',
  does: 'The export of the types named fails: a 200 manifest without them, and an error file that says so.',
  parameters: { types: ['Observation'] },
  start: ({ types }) => ({
    exported(job) {
      const failed = new Set(job.files.filter(({ kind, type }) => kind === 'output' && types.includes(type)).map(({ type }) => type));
      if (failed.size === 0) return false;
      const lines = [...failed].map((type) => Buffer.from(JSON.stringify(outcome('exception', `Export of ${type} failed.`))));
      job.files = job.files.filter(({ kind, type }) => kind !== 'output' || !failed.has(type));
      job.files.push({ name: 'error.1.ndjson', type: 'OperationOutcome', kind: 'error', lines });
      return true;
    },
  }),
});
