import type { SourceOverview } from '../../storage/overview.ts';
import { verb } from '../verb.ts';

type Listed = SourceOverview & {
  /** ISO 8601, or 'paused'; null: only by hand. */
  readonly nextPull: string | null;
};

export const sources = verb<object, readonly Listed[]>({
  name: 'sources',
  summary: 'the sources: kind, records, last run, next run by schedule, cases that wait',
  async run(_, context) {
    const [{ withProduct }, { sourcesOverview }, { nextPull }] = await Promise.all([
      import('../product/with-product.ts'), import('../../storage/overview.ts'), import('../temporal/runs.ts')]);
    return withProduct(context, {}, async ({ db, temporal }) => {
      const found = await sourcesOverview(db);
      const next = await Promise.all(found.map(({ id }) => nextPull(temporal, id)));
      return found.map((source, index) => ({ ...source, nextPull: asText(next[index]) }));
    });
  },
  print(found, line) {
    if (found.length === 0) line('No source yet: add one to assay.config.json, or try `assay run --source files:FOLDER`.');
    for (const source of found) {
      line(`${source.name.padEnd(24)} ${source.kind.padEnd(7)} ${source.resources.toLocaleString('en').padStart(10)} records  ${source.waiting} case(s) wait`);
      line(`  last run: ${source.lastRun === null ? 'none yet' : `${source.lastRun.state}, ${source.lastRun.startedAt}`}; next: ${source.nextPull ?? 'by hand'}`);
    }
  },
});

const asText = (next: Date | 'paused' | undefined): string | null => next instanceof Date ? next.toISOString() : next ?? null;
