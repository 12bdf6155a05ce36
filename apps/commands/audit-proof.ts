import type { ProofOf } from '../../ledger/questions/whose-chain.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

type Options = { readonly out: string; readonly source?: string; readonly patient?: string; readonly consumer?: string; readonly viewer?: string; readonly since?: string };

export const auditProof = verb<Options, { out: string; links: number }>({
  name: 'audit proof',
  summary: 'the proof that what is answered about a patient, a consumer or a viewer is complete, and unchanged since a date',
  define: (command) => command.requiredOption('--out <file>', 'where the proof is written, as JSON').option('--source <name>', 'with --patient: the source’s name')
    .option('--patient <id>', 'the patient’s id at the source').option('--consumer <name>', 'a consumer').option('--viewer <person>', 'who looked at records')
    .option('--since <date>', 'prove that nothing changed since'),
  async run({ options }, context) {
    const asked = askedBy(options);
    const [{ withProduct }, { writeProof }] = await Promise.all([import('../product/with-product.ts'), import('../product/write-proof.ts')]);
    return withProduct(context, {}, async ({ db }) => ({ out: options.out, links: await writeProof(db, asked, options) }));
  },
  print: ({ out, links }, line) => line(`Written: ${out}, of ${links.toLocaleString('en')} events. Check it anywhere: assay audit verify ${out} --key KEY`),
});

/** @throws AssayError ASSAY_ARGUMENT_INVALID unless exactly one is named */
function askedBy({ source, patient, consumer, viewer }: Options): ProofOf {
  if ([patient, consumer, viewer].filter((one) => one !== undefined).length !== 1) throw new AssayError('ASSAY_ARGUMENT_INVALID', 'exactly one of --patient, --consumer, --viewer');
  if (consumer !== undefined) return { consumer };
  if (viewer !== undefined) return { viewer };
  if (source === undefined || patient === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--source');
  return { source, patient };
}
