import type { Alarm } from '../../storage/alarms.ts';
import { verb } from '../verb.ts';

export const alarms = verb<{ source?: string; limit: string }, readonly Alarm[]>({
  name: 'alarms',
  summary: 'what monitors said: runs that left the band of those before, in volume, lag, completeness, codes, units, overrides',
  define: (command) => command
    .option('--source <name>', 'only of this source')
    .option('--limit <count>', 'how many, the newest first', '50'),
  async run({ options: { source, limit } }, context) {
    const [{ withProduct }, storage] = await Promise.all([import('../product/with-product.ts'), import('../../storage/alarms.ts')]);
    return withProduct(context, {}, ({ db }) => storage.alarms(db, Math.max(1, Math.min(1_000, Number(limit) || 50)), { source }));
  },
  print(found, line) {
    if (found.length === 0) line('No run has left the band of those before it.');
    for (const one of found) line(`${one.at.toISOString()}  ${one.source} run ${one.run}  ${one.rule.padEnd(22)} ${one.subject}: ${one.says}`);
  },
});
