import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AssayError } from '../../terms/errors.ts';
import type { Totals } from '../check/check.ts';
import { verb, type Context } from '../verb.ts';

type CheckOptions = { readonly package?: readonly string[]; readonly profile?: readonly string[]; readonly format: string; readonly out?: string };

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

export const check = verb<CheckOptions, Totals>({
  name: 'check',
  summary: 'validate FHIR R4 resources in files and folders; needs no services',
  define: (command) => command
    .argument('<path...>', '.json, .ndjson, .ndjson.gz, or folders of them')
    .option('--package <package>', 'an IG package (.tgz, folder, NAME@VERSION) or a loose conformance resource; may repeat', collect)
    .option('--profile <url>', 'check against this profile too; may repeat', collect)
    .option('--format <format>', 'text or ndjson (a line with an OperationOutcome for each resource)', 'text')
    .option('--out <file>', 'write there instead of to stdout'),
  run: ({ args, options }, context) => checkPaths(args, options, context),
  print() {},
  exitCode: ({ issues }) => issues.error + issues.fatal > 0 ? 1 : 0,
});

async function checkPaths(paths: readonly string[], options: CheckOptions, context: Context): Promise<Totals> {
  if (options.format !== 'text' && options.format !== 'ndjson') throw new AssayError('ASSAY_ARGUMENT_INVALID', '--format takes text or ndjson');
  const [{ loadPackages }, { createProfileValidator }, { inputs }, { checkOne, noTotals }, { asText }] = await Promise.all([
    import('../../packages/load.ts'), import('../../validators/profile/validator.ts'), import('../check/inputs.ts'), import('../check/check.ts'), import('../check/as-text.ts')]);
  const validator = createProfileValidator({ packages: await loadPackages(options.package ?? []) });
  const out: Writable = options.out === undefined ? process.stdout : createWriteStream(options.out);
  const totals = noTotals();
  const began = performance.now();
  for await (const input of inputs(paths)) {
    if (context.stop.aborted) break;
    const { findings, checked } = checkOne(validator, input, options.profile ?? [], totals);
    const text = options.format === 'ndjson' ? `${JSON.stringify(checked())}\n` : findings.length === 0 ? '' : asText(checked());
    if (text !== '' && !out.write(text)) await once(out, 'drain');
  }
  totals.seconds = (performance.now() - began) / 1000;
  if (out !== process.stdout) { out.end(); await once(out, 'finish'); }
  const { resources, withErrors, issues, seconds } = totals;
  context.say(`${resources.toLocaleString('en')} resources in ${seconds.toFixed(1)} s: ${withErrors.toLocaleString('en')} with errors; `
    + `${issues.error + issues.fatal} errors, ${issues.warning} warnings, ${issues.information} notes`);
  return totals;
}
