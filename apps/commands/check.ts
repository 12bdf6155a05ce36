import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { purposes } from '../../terms/purpose.ts';
import type { OutcomeIssue } from '../../validators/profile/outcome.ts';
import type { Totals } from '../check/check.ts';
import type { Block, Input } from '../check/blocks.ts';
import { unopened } from '../unopened.ts';
import { verb, type Context } from '../verb.ts';

type CheckOptions = {
  readonly package?: readonly string[]; readonly profile?: readonly string[]; readonly bestPractice?: boolean; readonly format: string; readonly out?: string; readonly terminologyServer?: string; readonly threads: string;
  readonly integrity?: boolean; readonly purpose: string; readonly modelRegistry?: string; readonly policy?: string; readonly asOf?: string;
};

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** `stopped`: not all was checked, as somebody stopped it. */
type Checked = Totals & { readonly stopped: boolean };

export const check = verb<CheckOptions, Checked>({
  name: 'check',
  summary: 'validate FHIR R4 resources in files and folders; needs no services',
  define: (command) => command
    .argument('<path...>', '.json, .ndjson, .ndjson.gz, or folders of them')
    .option('--package <package>', 'an IG package (.tgz, folder, NAME@VERSION) or a loose conformance resource; may repeat', collect)
    .option('--profile <url>', 'check against this profile too; may repeat', collect)
    .option('--best-practice', 'tell also where the specification’s best practice is not followed, such as a resource without narrative')
    .option('--terminology-server <url>', 'a FHIR server that is asked ($validate-code) about codes that no package knows; it gets codes and their systems')
    .option('--format <format>', 'text, ndjson (a line with an OperationOutcome for each resource), sarif or junit', 'text')
    .option('--integrity', 'run the integrity rules too, over all that is given as one population')
    .option('--purpose <purpose>', `with --integrity: whose answer grades what is found: ${purposes.join(', ')}`, 'care')
    .option('--policy <file>', 'with --integrity: the policy that grades it (default: the catalogue’s)')
    .option('--model-registry <file>', 'with --integrity: the registry of AI models')
    .option('--as-of <date>', 'with --integrity: when the files count as retrieved, ISO 8601 (default: now)')
    .option('--threads <number>', 'how many work at once, where there are more than 256 MB to check; each beyond the first takes some 100 MB', '1')
    .option('--out <file>', 'write there instead of to stdout'),
  run: ({ args, options }, context) => checkPaths(args, options, context),
  print() {},
  // Lines of ndjson are all that stdout may hold.
  asJson: (totals, { format, out }) => format === 'ndjson' && out === undefined ? undefined : totals,
  exitCode: ({ issues, stopped }) => stopped || issues.error + issues.fatal > 0 ? 1 : 0,
});

async function checkPaths(paths: readonly string[], options: CheckOptions, context: Context): Promise<Checked> {
  const [{ openValidator }, { bytesIn, inputFiles }, { blocksOf, inputs }, { blockMemory }, { piecesOf, resultOf }, { writeReport }, { answered }, { default: { version } }] = await Promise.all([
    import('../check/open-validator.ts'), import('../check/input-files.ts'), import('../check/blocks.ts'), import('../check/block-memory.ts'), import('../check/check.ts'),
    import('../check/write-report.ts'), import('../check/windows.ts'), import('../../package.json', { with: { type: 'json' } })]);
  const files = await inputFiles(paths);
  const server = options.terminologyServer === undefined ? undefined : await (await import('../../packages/terminology-server.ts')).terminologyServer({ url: options.terminologyServer });
  const asked = { profiles: options.profile ?? [], bestPractice: options.bestPractice === true };
  const checker = await openValidator(options.package ?? [], { ...options, version, options: asked, bytes: await bytesIn(files) }, server?.facts).catch(unopened('--package'));
  const out = options.out === undefined ? process.stdout : await opened(options.out).catch(unopened('--out'));
  // Asked for JSON and nothing else, stdout gets the summary alone.
  const silent = context.json && options.format === 'text' && options.out === undefined;
  const writer = writeReport(checker.report, async (some) => { if (some.length > 0 && !silent && !out.write(some)) await once(out, 'drain'); });
  const began = performance.now();
  let open = 0;
  const ready = <T>(some: AsyncIterable<T>, bytesOf: (item: T) => Uint8Array): AsyncIterable<T> => answered(some, bytesOf, checker.validator, asked.profiles, server, (questions) => { open += questions; });
  const pieceOf = piecesOf(checker.report);
  const tell = async (input: Input, issues?: readonly OutcomeIssue[]): Promise<void> => writer.add(pieceOf(input.file, [resultOf(input, checker.validator.examine(input.bytes, asked), issues)]));
  if (options.integrity === true) {
    const { checkPopulation } = await import('../check/integrity.ts');
    await checkPopulation(files, options, context, tell, ready);
  } else if (server !== undefined) {
    const all = async function* (): AsyncGenerator<Input> { for (const file of files) yield* inputs(file); };
    for await (const input of ready(all(), ({ bytes }) => bytes)) {
      if (context.stop.aborted) break;
      await tell(input);
    }
  } else {
    const memory = blockMemory();
    const all = async function* (): AsyncGenerator<Block> { for (const file of files) yield* blocksOf(file, memory); };
    for await (const piece of checker.pieces(all(), memory)) {
      if (context.stop.aborted) break;
      await writer.add(piece);
    }
  }
  const totals = await writer.end();
  if (open > 0) context.say(`The terminology server did not answer ${open.toLocaleString('en')} questions; these codes are reported as not checked.`);
  totals.seconds = (performance.now() - began) / 1000;
  if (out !== process.stdout) { out.end(); await once(out, 'finish'); }
  const { resources, withErrors, issues, seconds } = totals;
  context.say(`${resources.toLocaleString('en')} resources in ${seconds.toFixed(1)} s: ${withErrors.toLocaleString('en')} with errors; `
    + `${issues.error + issues.fatal} errors, ${issues.warning} warnings, ${issues.information} notes`);
  const stopped = context.stop.aborted;
  if (stopped) context.say('Stopped: what came behind was not checked.');
  return { ...totals, stopped };
}

async function opened(path: string): Promise<Writable> {
  const out = createWriteStream(path);
  await once(out, 'open');
  return out;
}
