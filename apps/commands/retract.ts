import type { Taking } from '../../console/api/duties.ts';
import type { RetractionReach } from '../../storage/retraction.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

type Options = {
  readonly because?: string; readonly preview?: boolean;
  readonly release?: string; readonly run?: string; readonly rule?: string; readonly source?: string; readonly patient?: string; readonly device?: string;
};
type Result = { readonly preview: RetractionReach } | { readonly versions: number; readonly retracted: number };

export const retract = verb<Options, Result>({
  name: 'retract',
  summary: 'take back what was released: one version, a run, what a rule finds, a patient, or what a model asserted',
  define: (command) => command.option('--because <text>', 'why; needed unless --preview').option('--preview', 'only say what would be taken back, and who was given it')
    .option('--release <version>', 'one version, by its number here').option('--run <run>', 'everything of a run')
    .option('--rule <rule>', 'what a rule finds something in').option('--source <name>', 'with --patient or --device: the source')
    .option('--patient <id>', 'everything of a patient').option('--device <id>', 'what a model asserted: the id of its Device'),
  async run({ options }, context) {
    const taking = takingOf(options);
    const { because, preview = false } = options;
    if (!preview && because === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--because');
    const [{ withProduct }, retraction, { retractionDeps, scopeOf }, { whoTypes }] = await Promise.all([
      import('../product/with-product.ts'), import('../../pipelines/retraction/retract.ts'), import('../product/duties.ts'), import('../product/record-asking.ts')]);
    return withProduct<Result>(context, {}, async ({ db }) => {
      const scope = await scopeOf(db, taking);
      return preview ? { preview: await retraction.previewRetraction(db, scope) } : retraction.retract(retractionDeps(db), scope, whoTypes(), because ?? '');
    });
  },
  print(result, line) {
    if (!('preview' in result)) return line(`${result.retracted.toLocaleString('en')} entries of ${result.versions.toLocaleString('en')} records are taken back. Who has not acknowledged it: assay audit retractions`);
    const { versions, patients, entries, readers } = result.preview;
    line(`${entries.toLocaleString('en')} entries of ${versions.toLocaleString('en')} records of ${patients.toLocaleString('en')} patients would be taken back.`);
    for (const one of readers) line(`${one.consumer} was given ${one.entries.toLocaleString('en')} of them.`);
  },
});

/** @throws AssayError ASSAY_ARGUMENT_INVALID unless exactly one thing is named */
function takingOf({ release, run, rule, source, patient, device }: Options): Taking {
  const given = ([['version', release], ['run', run], ['rule', rule], ['patient', patient], ['model', device]] as const)
    .flatMap(([what, named]) => named === undefined ? [] : [{ what, named }]);
  const [one] = given;
  if (one === undefined || given.length !== 1) throw new AssayError('ASSAY_ARGUMENT_INVALID', 'exactly one of --release, --run, --rule, --patient, --device');
  return { ...one, ...(source === undefined ? {} : { source }) };
}
