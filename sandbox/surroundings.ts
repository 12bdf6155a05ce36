import type { ExportJob } from './export-job.ts';
import type { Tokens } from './smart-tokens.ts';
import type { Store } from './store.ts';

/** What a misbehaviour may look at and touch. */
export type Surroundings = {
  readonly store: Store;
  readonly jobs: Map<string, ExportJob>;
  readonly tokens: Tokens;
  readonly fhirBase: () => string;
};
