import type { Consumer } from '../../storage/feeds.ts';
import { verb } from '../verb.ts';
import { collect } from './duty.ts';

type Admitted = { readonly name: string; readonly feeds: readonly string[]; readonly token: string };

/** Contract 19: a consumer is a token with its feeds, its purpose and the models it serves. */
export const consumersAdd = verb<{ feed: readonly string[]; model?: readonly string[]; kafkaGroup?: string }, Admitted>({
  name: 'consumers add',
  summary: 'let a consumer read feeds of one purpose; shows its token, once',
  define: (command) => command
    .argument('<name>', 'the consumer’s name')
    .requiredOption('--feed <feed>', 'a feed it may read; may repeat', collect)
    .option('--model <model>', 'a model it serves; may repeat', collect)
    .option('--kafka-group <group>', 'its consumer group, where it reads Kafka: what the group commits counts as read'),
  async run({ args: [name = ''], options }, context) {
    const [{ withProduct }, { createConsumer }, { appendEvent }] = await Promise.all([
      import('../product/with-product.ts'), import('../../pipelines/feed/consumers.ts'), import('../../ledger/append.ts')]);
    return withProduct(context, {}, async ({ db }) => {
      const { token } = await createConsumer({ db, appendEvent }, { name, feeds: options.feed, models: options.model ?? [], kafkaGroup: options.kafkaGroup });
      return { name, feeds: options.feed, token };
    });
  },
  print: ({ name, feeds, token }, line) => {
    line(`${name} may read ${feeds.join(', ')}. Its token, which is not kept and not shown again:`);
    line(token);
  },
});

export const consumersRevoke = verb<object, Consumer>({
  name: 'consumers revoke',
  summary: 'a consumer’s token is worth nothing from now on',
  define: (command) => command.argument('<name>', 'the consumer’s name'),
  async run({ args: [name = ''] }, context) {
    const [{ withProduct }, { revokeToken }, { appendEvent }] = await Promise.all([
      import('../product/with-product.ts'), import('../../pipelines/feed/consumers.ts'), import('../../ledger/append.ts')]);
    return withProduct(context, {}, ({ db }) => revokeToken({ db, appendEvent }, name));
  },
  print: ({ name }, line) => line(`${name} can read no more.`),
});

export const consumers = verb<object, readonly Consumer[]>({
  name: 'consumers',
  summary: 'who may read feeds',
  async run(_, context) {
    const [{ withProduct }, { allConsumers }] = await Promise.all([import('../product/with-product.ts'), import('../../storage/feeds.ts')]);
    return withProduct(context, {}, ({ db }) => allConsumers(db));
  },
  print(found, line) {
    if (found.length === 0) line('No consumer yet: `assay consumers add NAME --feed FEED`.');
    for (const one of found) line(`${one.name.padEnd(24)} ${one.purpose.padEnd(10)} since ${one.createdAt.toISOString()}${one.revokedAt === null ? '' : `, revoked ${one.revokedAt.toISOString()}`}`);
  },
});
