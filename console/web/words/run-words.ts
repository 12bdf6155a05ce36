import type { Run } from '../../api/shapes/runs.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'blue' | 'plain';

/** A run's state as people say it. */
export const stateWords: Readonly<Record<Run['state'], { readonly says: string; readonly tone: Tone }>> = {
  'running': { says: 'Running', tone: 'blue' },
  'completed': { says: 'Completed', tone: 'good' },
  'completed-with-errors': { says: 'Completed, something is missing', tone: 'warn' },
  'failed': { says: 'Failed', tone: 'bad' },
  'cancelled': { says: 'Cancelled', tone: 'plain' },
  'held': { says: 'Stopped: too much is missing', tone: 'warn' },
};

/** Phases in their order: short for the line of steps, long for the one that is going on. */
export const phases: readonly { readonly phase: Run['phase']; readonly short: string; readonly long: string }[] = [
  { phase: 'extract', short: 'Ask', long: 'Asking the source for its records' },
  { phase: 'land', short: 'Receive', long: 'Receiving files and keeping each record as it came' },
  { phase: 'hydrate', short: 'Fill in', long: 'Fetching what the records refer to' },
  { phase: 'barrier', short: 'Sort', long: 'All has arrived; sorting by patient' },
  { phase: 'assess', short: 'Check', long: 'Checking each patient’s records' },
  { phase: 'release', short: 'Release', long: 'Releasing what is clean to the feeds' },
  { phase: 'close', short: 'Close', long: 'Closing the run' },
];

export const phaseWords = (phase: Run['phase']): string => phases.find((one) => one.phase === phase)?.long ?? 'Done';

export const sourceKinds: Readonly<Record<string, string>> = { bulk: 'Bulk export', search: 'FHIR search', files: 'Folder of files' };
