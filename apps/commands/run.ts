import type { Command } from 'commander';
import type { Reconciliation } from '../../storage/reconciliation.ts';
import type { RunAsked } from '../../workflows/messages.ts';
import { AssayError, errors, type ErrorCode } from '../../terms/errors.ts';
import type { Database } from '../../storage/connect.ts';
import { runTable } from '../product/run-table.ts';
import { adHoc, sourceFor } from '../product/source-for.ts';
import { verb, type Context } from '../verb.ts';

export type RunOptions = {
  readonly source: string; readonly clientId?: string; readonly privateKey?: string; readonly tokenEnv?: string;
  readonly since?: string; readonly types?: string; readonly group?: string; readonly full?: boolean;
};
export type RunReport = {
  readonly run: string; readonly source: string; readonly state: string; readonly error: string | null;
  /** Codes, counts, HTTP statuses: why, closer than the code. */
  readonly detail: string | null;
  readonly failedTypes: readonly string[];
  /** Why it failed, or types of it. */
  readonly reasons: readonly { readonly code: string; readonly says: string; readonly doThis: string }[];
  readonly reconciliation: Reconciliation;
};

export const run = verb<RunOptions, RunReport>({
  name: 'run',
  summary: 'pull a source once and govern what comes; ends with the reconciliation',
  define: (command: Command) => command
    .requiredOption('--source <name>', 'a source by name, or files:FOLDER, bulk:URL, search:URL')
    .option('--client-id <id>', 'SMART Backend Services: the client id that the EHR knows')
    .option('--private-key <file>', 'SMART Backend Services: PKCS #8 PEM, JWK or JWKS')
    .option('--token-env <variable>', 'a bearer token in this environment variable, instead of SMART')
    .option('--since <time>', 'only what changed since (ISO 8601); default: where the last run stood')
    .option('--types <list>', 'resource types, separated by commas')
    .option('--group <id>', 'bulk: export this Group')
    .option('--full', 'what comes is all there is: what is missing was deleted'),
  run: ({ options }, context) => pull(options, context),
  print: printReport,
  exitCode: (report) => report.state === 'completed' ? 0 : 1,
});

export function printReport(report: RunReport, line: (text: string) => void): void {
  line(`Run ${report.run} of ${report.source}: ${report.state}${report.error === null ? '' : ` (${[report.error, report.detail].filter((part) => part !== null).join(': ')})`}`);
  if (report.failedTypes.length > 0) line(`Types that failed: ${report.failedTypes.join(', ')}`);
  if (report.state === 'running') line('It goes on as soon as a worker runs (`assay worker`); `assay runs cancel NAME` ends it.');
  for (const { code, says, doThis } of report.reasons) line(`  ${says} ${doThis} (${code})`);
  for (const text of runTable(report.reconciliation)) line(text);
}

export async function pull(options: RunOptions, context: Context, asked: RunAsked = askedFor(options)): Promise<RunReport> {
  adHoc(options); // wrong use is told before anything starts
  const [{ withProduct }, { endOfGoing, startRun }, follow, { reconciliation }, { progress }, { sentencesOf, whatKeepsFailing }] = await Promise.all([
    import('../product/with-product.ts'), import('../temporal/runs.ts'), import('../product/follow-run.ts'),
    import('../../storage/reconciliation.ts'), import('../product/progress.ts'), import('../product/what-keeps-failing.ts')]);
  let source = { id: 0, name: '' };
  const first = async ({ db }: { db: Database }): Promise<void> => { source = await sourceFor(db, options); };
  return withProduct(context, { worker: true, first }, async ({ db, temporal }) => {
    const { startedBy, ended } = await startRun(temporal, source.id, asked).catch(async (error: unknown) => {
      // Its process was killed, or another pulls too: it goes on here, and what it pulls is what was asked for, unless less was.
      const going = isGoing(error) && Object.keys(asked).length === 0 ? await follow.goingRun(db, source.id, context.stop, endOfGoing(temporal, source.id)) : undefined;
      if (going === undefined) throw error;
      context.say('A run of this source is going on already: this follows it');
      return { startedBy: going.startedBy, ended: () => endOfGoing(temporal, source.id) };
    });
    let failure: unknown;
    const end = ended().catch((error: unknown) => { failure = error; });
    const id = await follow.runStartedBy(db, startedBy, context.stop, () => failure !== undefined);
    if (id === undefined) throw new AssayError(codeOf(failure) ?? 'ASSAY_ROLE_NOT_STARTED', failure === undefined ? 'no worker began the run' : undefined);
    const show = progress(context);
    const detail = await follow.followRun(db, id, show, context.stop, () => whatKeepsFailing(temporal, startedBy, source.id));
    show('');
    // Our own worker must see the workflow's end, a moment after the row's.
    if (!context.stop.aborted) await end;
    return { run: id, source: source.name, state: detail?.state ?? 'running', error: detail?.errorCode ?? null, detail: detail?.errorDetail ?? null,
      failedTypes: detail?.failedTypes ?? [], reasons: (await reasonCodes(db, id, detail?.errorCode ?? null)).flatMap((code) => {
        const known = sentencesOf(code);
        return known === undefined ? [] : [{ code, says: known.says, doThis: known.doThis }];
      }), reconciliation: await reconciliation(db, id) };
  });
}

const isGoing = (error: unknown): boolean => error instanceof AssayError && error.code === 'ASSAY_RUN_GOING';

/** The catalogue's code in a workflow's failure: a run that was refused what it began with has no row. */
function codeOf(failure: unknown): ErrorCode | undefined {
  for (let error = failure; error instanceof Error; error = error.cause) {
    if ('type' in error && typeof error.type === 'string' && Object.hasOwn(errors, error.type)) return error.type as ErrorCode;
  }
  return undefined;
}

/** The run's own code and those of its failed types, each once. */
async function reasonCodes(db: Database, run: string, code: string | null): Promise<string[]> {
  const { runTypes } = await import('../../storage/runs.ts');
  return [...new Set([code, ...(await runTypes(db, run)).map((type) => type.errorCode)])].filter((one) => one !== null);
}

function askedFor({ since, types, group, full }: RunOptions): RunAsked {
  if (since !== undefined && Number.isNaN(Date.parse(since))) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--since is no ISO 8601 time');
  const list = types?.split(',').map((type) => type.trim()).filter((type) => type !== '');
  if (list?.some((type) => !/^[A-Z][A-Za-z]+$/.test(type)) === true) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--types has a name that is no resource type');
  return { ...(since === undefined ? {} : { since: new Date(since).toISOString() }), ...(list === undefined ? {} : { types: list }),
    ...(group === undefined ? {} : { group }), ...(full === true ? { full } : {}) };
}
