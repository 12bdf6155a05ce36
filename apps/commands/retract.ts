import type { RetractionScope } from '../../storage/retraction.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

type Options = { readonly because: string; readonly release?: string; readonly run?: string; readonly rule?: string; readonly source?: string; readonly patient?: string; readonly device?: string };

export const retract = verb<Options, { versions: number; retracted: number }>({
  name: 'retract',
  summary: 'take back what was released: one version, a run, what a rule finds, a patient, or what a model asserted',
  define: (command) => command.requiredOption('--because <text>', 'why; no word about a patient')
    .option('--release <version>', 'one version, by its number here').option('--run <run>', 'everything of a run')
    .option('--rule <rule>', 'what a rule finds something in').option('--source <name>', 'with --patient or --device: the source')
    .option('--patient <id>', 'everything of a patient').option('--device <id>', 'what a model asserted: the id of its Device'),
  async run({ options }, context) {
    const [{ withProduct }, retraction, { appendEvent }, { createReleaseActivities }, { patientKey }, { whoTypes }] = await Promise.all([
      import('../product/with-product.ts'), import('../../pipelines/retraction/retract.ts'), import('../../ledger/append.ts'),
      import('../../pipelines/release/activities.ts'), import('../../ledger/questions/all-questions.ts'), import('../product/record-asking.ts')]);
    return withProduct(context, {}, async ({ db }) => {
      const scope = await scopeOf(options, async (name) => (await patientKey(db, name, '')).source);
      return retraction.retract({ db, appendEvent, takeBack: createReleaseActivities({ db, appendEvent }).retractVersions }, scope, whoTypes(), options.because);
    });
  },
  print: ({ versions, retracted }, line) => line(`${retracted.toLocaleString('en')} entries of ${versions.toLocaleString('en')} records are taken back. Who has not acknowledged it: assay audit retractions`),
});

/** @throws AssayError ASSAY_ARGUMENT_INVALID unless exactly one thing is named */
async function scopeOf({ release, run, rule, source, patient, device }: Options, sourceNamed: (name: string) => Promise<number>): Promise<RetractionScope> {
  const given = [release, run, rule, patient, device].filter((one) => one !== undefined);
  const numbers = [release, run].filter((one) => one !== undefined);
  if (given.length !== 1 || numbers.some((one) => !/^\d{1,18}$/.test(one))) throw new AssayError('ASSAY_ARGUMENT_INVALID', 'exactly one of --release, --run, --rule, --patient, --device');
  if (release !== undefined) return { version: release };
  if (run !== undefined) return { run };
  if (rule !== undefined) return { rule };
  if (source === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--source');
  return patient !== undefined ? { source: await sourceNamed(source), patient } : { source: await sourceNamed(source), device: device ?? '' };
}
