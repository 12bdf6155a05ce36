import { asJunit } from './as-junit.ts';
import { asNdjson } from './as-ndjson.ts';
import { asSarif } from './as-sarif.ts';
import { asText } from './as-text.ts';
import type { Report } from './report.ts';

/** What `assay check --format` takes; `version` is this program's. */
export const formats: ReadonlyMap<string, (version: string) => Report> = new Map<string, (version: string) => Report>([
  ['text', asText], ['ndjson', asNdjson], ['sarif', asSarif], ['junit', asJunit],
]);
