import type { Outcome } from '../../validators/profile/outcome.ts';
import type { Report, Result } from './report.ts';

/** A line of `--format ndjson`. */
export type Checked = Pick<Result, 'file' | 'line' | 'resourceType' | 'id'> & { readonly outcome: Outcome };

/** A line for each resource, with an OperationOutcome. */
export const asNdjson = (): Report => ({
  start: '',
  around: () => ['', ''],
  between: '',
  one: ({ file, line, resourceType, id, outcome }) => `${JSON.stringify({ file, line, resourceType, id, outcome: outcome() } satisfies Checked)}\n`,
  end: () => '',
});
