import type { Report } from '../../ledger/verify/trouble.ts';
import { verb } from '../verb.ts';
import { collect } from './duty.ts';

type Options = { readonly anchor?: string; readonly key?: readonly string[]; readonly since?: string };

export const auditVerify = verb<Options, Report>({
  name: 'audit verify',
  summary: 'verify the ledger: the running store, a folder of tiles, a governance export, or a proof',
  define: (command) => command
    .argument('[path]', 'a folder that `audit tiles` wrote, or a file that `audit export` or `audit proof` wrote; default: the running store')
    .option('--anchor <file>', 'a file of checkpoints remembered outside the database (default: the configured one, and the configured Kafka topic)')
    .option('--since <file>', 'an older checkpoint that you kept: it must be the beginning of this log')
    .option('--key <key>', 'a verifier key that you trust; may repeat', collect),
  async run({ args: [path], options }, context) {
    const { verifyPath, rememberedIn, rememberedInTopic } = await import('../product/verify-path.ts');
    const trusted = options.key ?? [];
    const configured = path === undefined && options.anchor === undefined ? context.config() : undefined;
    const remembered = [...await rememberedIn([options.anchor ?? configured?.ledger.anchorFile, options.since]), ...configured === undefined ? [] : await rememberedInTopic(configured)];
    if (path !== undefined) return verifyPath(path, { remembered, trusted });
    const [{ withProduct }, { verifyStore }, { asQuery }] = await Promise.all([
      import('../product/with-product.ts'), import('../../ledger/verify/store.ts'), import('../../ledger/as-query.ts')]);
    return withProduct(context, {}, ({ db }) => db.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      return verifyStore({ query: asQuery(tx), remembered, trusted });
    }));
  },
  print({ origin, size, troubles, troubleCount, unproved, looked, limits }, line) {
    line(`${origin ?? 'a log without a name'}: ${size.toLocaleString('en')} leaves`);
    line(`looked at: ${Object.entries(looked).filter(([, n]) => n > 0).map(([what, n]) => `${n.toLocaleString('en')} ${what}`).join(', ')}`);
    for (const { says } of troubles) line(`CHANGED  ${says}`);
    if (troubleCount > troubles.length) line(`… and ${(troubleCount - troubles.length).toLocaleString('en')} more`);
    if (unproved !== undefined) line(unproved);
    else line(troubleCount === 0 ? 'Nothing was changed, removed or added.' : `${troubleCount.toLocaleString('en')} troubles.`);
    for (const limit of limits) line(`Limit: ${limit}`);
  },
  exitCode: ({ troubleCount, unproved }) => troubleCount === 0 && unproved === undefined ? 0 : 1,
});
