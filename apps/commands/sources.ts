import type { SourceOverview } from '../../storage/overview.ts';
import { verb } from '../verb.ts';

export const sources = verb<object, readonly SourceOverview[]>({
  name: 'sources',
  summary: 'the sources: kind, last run, records, cases that wait',
  async run(_, context) {
    const [{ withProduct }, { sourcesOverview }] = await Promise.all([import('../product/with-product.ts'), import('../../storage/overview.ts')]);
    return withProduct(context, {}, ({ db }) => sourcesOverview(db));
  },
  print(found, line) {
    if (found.length === 0) line('No source yet: add one to assay.config.json, or try `assay run --source files:FOLDER`.');
    for (const source of found) line(`${source.name.padEnd(24)} ${source.kind.padEnd(8)} ${source.resources.toLocaleString('en').padStart(10)} records  ${source.waiting} case(s) wait`);
  },
});
