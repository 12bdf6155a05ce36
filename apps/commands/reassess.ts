import { verb } from '../verb.ts';
import { printReport, pull, type RunReport } from './run.ts';

/** Contract 12: the untouched move to another rule set only by this. */
export const reassess = verb<{ source: string }, RunReport>({
  name: 'reassess',
  summary: 'assess all that is stored of a source again, under the rules of this program; pulls nothing',
  define: (command) => command.requiredOption('--source <name>', 'the source’s name'),
  run: ({ options }, context) => pull(options, context, { reassess: true }),
  print: printReport,
  exitCode: (report) => report.state === 'completed' ? 0 : 1,
});
