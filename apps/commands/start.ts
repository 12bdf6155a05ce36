import type { StartOptions } from '../start/start.ts';
import { verb } from '../verb.ts';

export const start = verb<StartOptions, boolean>({
  name: 'start',
  summary: 'set up and start everything, pull from the sandbox EHR once, and stay up',
  define: (command) => command
    .option('--fresh', 'begin anew: forget the data folder')
    .option('--data <folder>', 'NDJSON for the sandbox EHR instead of its own sample')
    .option('--once', 'stop when the run has ended'),
  async run({ options }, context) {
    const { start } = await import('../start/start.ts');
    return start(options, context, (line) => { process.stdout.write(`${line}\n`); });
  },
  print() {},
  exitCode: (fine) => fine ? 0 : 1,
});
