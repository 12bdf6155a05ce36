import { verb } from '../verb.ts';

type Described = { readonly legalName: string; readonly address: string; readonly disclosure?: boolean; readonly purpose: string; readonly basis: string; readonly agreement?: string };

/** 45 CFR 164.528(b): the accounting names who received what, and why. */
export const consumersDescribe = verb<Described, { name: string; relation: string }>({
  name: 'consumers describe',
  summary: 'record who a consumer is in law and why it is given data, for the accounting of disclosures',
  define: (command) => command
    .argument('<name>', 'the consumer’s name')
    .requiredOption('--legal-name <text>', 'the organisation’s or person’s name')
    .requiredOption('--address <text>', 'its address')
    .requiredOption('--purpose <text>', 'what the data is given for, in words')
    .requiredOption('--basis <text>', 'the legal basis')
    .option('--agreement <text>', 'the agreement under which it is given')
    .option('--disclosure', 'it is outside the organisation: what it is given is accounted for (default: internal use)'),
  async run({ args: [name = ''], options }, context) {
    const [{ withProduct }, { describeConsumer }, { appendEvent }, { whoTypes }] = await Promise.all([
      import('../product/with-product.ts'), import('../../pipelines/feed/describe-consumer.ts'), import('../../ledger/append.ts'), import('../product/record-asking.ts')]);
    const relation = options.disclosure === true ? 'disclosure' as const : 'internal-use' as const;
    return withProduct(context, {}, async ({ db }) => {
      await describeConsumer({ db, appendEvent }, name, {
        legalName: options.legalName, address: options.address, relation, purpose: options.purpose, legalBasis: options.basis, agreement: options.agreement ?? '', by: whoTypes(),
      });
      return { name, relation };
    });
  },
  print: ({ name, relation }, line) => line(`${name}: ${relation === 'disclosure' ? 'what it is given is accounted for as disclosed.' : 'what it is given is internal use.'}`),
});
