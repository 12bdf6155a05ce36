import { AssayError } from '../../terms/errors.ts';
import { followRun, goingRun, runStartedBy } from '../product/follow-run.ts';
import type { Product } from '../product/open.ts';
import { progress } from '../product/progress.ts';
import { whatKeepsFailing } from '../product/what-keeps-failing.ts';
import { endOfGoing, startRun } from '../temporal/runs.ts';
import type { Context } from '../verb.ts';
import { sandboxName } from './sandbox-source.ts';

export type Governed = { readonly id: string; readonly state: string; readonly code: string | null };

/** A run that the last start left goes on; where it could not be completed (the sandbox forgets its exports with its process), another follows. */
export async function govern(product: Product, source: number, context: Context): Promise<Governed | undefined> {
  const { left, run } = await governOnce(product, source, context);
  if (!left || run === undefined || run.state === 'completed' || context.stop.aborted) return run;
  context.say('What the last start left could not be completed: pulling again');
  return (await governOnce(product, source, context)).run;
}

/** @returns left: it was begun by an earlier start; no run where it was stopped before one began */
async function governOnce({ db, temporal }: Product, source: number, context: Context): Promise<{ left: boolean; run: Governed | undefined }> {
  context.say(`Pulling from the ${sandboxName} EHR`);
  const { startedBy, ended } = await startRun(temporal, source).catch((error: unknown) => {
    // A run that the last start left: its worker is back, so it goes on.
    if (error instanceof AssayError && error.code === 'ASSAY_RUN_GOING') return { startedBy: undefined, ended: () => endOfGoing(temporal, source) };
    throw error;
  });
  const left = startedBy === undefined;
  const run = left ? (await goingRun(db, source, context.stop, ended()))?.run : await runStartedBy(db, startedBy, context.stop);
  if (run === undefined && context.stop.aborted) return { left, run: undefined };
  if (run === undefined) throw new AssayError('ASSAY_ROLE_NOT_STARTED', 'the worker did not begin the run');
  const show = progress(context);
  const detail = await followRun(db, run, show, context.stop,
    async () => left ? undefined : whatKeepsFailing(temporal, startedBy, source));
  show('');
  // The row is closed a moment before the workflow is: stopped in between, it would wait for the next start.
  if (!context.stop.aborted) await ended().catch(() => {});
  return { left, run: { id: run, state: detail?.state ?? 'running', code: detail?.errorCode ?? null } };
}
