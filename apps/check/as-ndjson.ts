import type { Report } from './report.ts';

/** A line for each resource, with an OperationOutcome. */
export const asNdjson = (): Report => ({ start: '', one: ({ checked }) => `${JSON.stringify(checked)}\n`, end: () => '' });
