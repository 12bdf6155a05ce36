import { sourceExists } from '../../storage/overview.ts';
import type { QueuedException } from '../../storage/queue.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

/** What is held, by cause; deciding is the console's. */
export const cases = verb<{ source?: string; limit: string }, readonly QueuedException[]>({
  name: 'cases',
  summary: 'what is held for people, by cause: the reason, how many records, which purposes wait',
  define: (command) => command.option('--source <name>', 'of this source').option('--limit <n>', 'how many, most urgent first', '50'),
  async run({ options }, context) {
    if (!/^[1-9]\d{0,3}$/.test(options.limit)) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--limit takes a number from 1 to 9999');
    const [{ withProduct }, { queue }] = await Promise.all([import('../product/with-product.ts'), import('../../storage/queue.ts')]);
    return withProduct(context, {}, async ({ db }) => {
      if (options.source !== undefined && !await sourceExists(db, options.source)) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
      return (await queue(db, options.source === undefined ? {} : { source: options.source }, Number(options.limit))).rows;
    });
  },
  print(found, line) {
    if (found.length === 0) line('Nothing is held.');
    for (const one of found) {
      line(`${one.id.padStart(5)}  ${one.source.padEnd(20)} ${one.rule}  ${one.records.toLocaleString('en')} record(s); ${one.waits.join(', ')} wait`);
      line(`       ${one.says ?? one.cause}  (${one.owner}, due ${one.dueAt.toISOString().slice(0, 10)})`);
    }
  },
});
