import { sourceExists } from '../../storage/overview.ts';
import type { RunSummary } from '../../storage/runs.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Product } from '../product/open.ts';
import { verb } from '../verb.ts';

export const runs = verb<{ source?: string; limit: string }, readonly RunSummary[]>({
  name: 'runs',
  summary: 'the newest runs: state, what came, what failed',
  define: (command) => command.option('--source <name>', 'of this source').option('--limit <n>', 'how many', '20'),
  async run({ options }, context) {
    if (!/^[1-9]\d{0,3}$/.test(options.limit)) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--limit takes a number from 1 to 9999');
    const [{ withProduct }, storage] = await Promise.all([import('../product/with-product.ts'), import('../../storage/runs.ts')]);
    return withProduct(context, {}, async ({ db }) => {
      if (options.source !== undefined && !await sourceExists(db, options.source)) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
      return storage.runs(db, Number(options.limit), { source: options.source });
    });
  },
  print(found, line) {
    if (found.length === 0) line('No run yet: `assay run --source NAME` begins one.');
    for (const run of found) {
      line(`${run.id.padStart(5)}  ${run.startedAt.toISOString()}  ${run.source.padEnd(20)} ${run.state.padEnd(22)} ${run.received.toLocaleString('en').padStart(10)} received`
        + `${run.quarantined > 0 ? `, ${run.quarantined} quarantined` : ''}${run.failedTypes.length > 0 ? `, failed: ${run.failedTypes.join(', ')}` : ''}${run.errorCode === null ? '' : `  ${run.errorCode}`}`);
    }
  },
});

/** Stops a source's run; what has landed stays. */
export const runsCancel = verb<object, { cancelled: string }>({
  name: 'runs cancel',
  summary: 'stop the run of a source that goes now; what has landed stays',
  define: (command) => command.argument('<source>', 'the source’s name'),
  async run({ args: [name = ''] }, context) {
    const [{ withProduct }, { cancelRun }, { sources }] = await Promise.all([
      import('../product/with-product.ts'), import('../temporal/runs.ts'), import('../../storage/source.ts')]);
    // The asking is Temporal's; a worker then ends the run.
    const first = async ({ db, temporal }: Product): Promise<void> => {
      const source = (await sources(db)).find((one) => one.name === name);
      if (source === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
      await cancelRun(temporal, source.id);
    };
    return withProduct(context, { worker: true, first }, async () => ({ cancelled: name }));
  },
  print: ({ cancelled }, line) => line(`The run of ${cancelled} was asked to stop.`),
});
