import { randomUUID } from 'node:crypto';
import { keepCommand } from '../../storage/cases.ts';
import { endRuling, expiredRulings, unsettled } from '../../storage/decisions.ts';
import { reopenCase } from '../../storage/case-members.ts';
import type { CaseAct } from '../../terms/case-act.ts';
import { usualDecisions } from '../../terms/policy.ts';
import { act } from './act.ts';
import { CLOCK } from './decide.ts';
import type { ExceptionDeps } from './deps.ts';
import { settle, takeEffect, undoEffect } from './effect.ts';
import { keep, loadCase } from './load.ts';
import { waitOf } from './wait-of.ts';

const HOUR_MS = 3_600_000;
/**
 * Does what is due for a case now: a decision whose undo window is over takes effect, a release that has come to its end
 * brings back what it let through, a reminder, the escalation of what was due. A repeated call does what is left.
 * @returns milliseconds until something is due again; null: nothing any more
 */
export async function doDue(deps: ExceptionDeps, exception: string): Promise<{ waitMs: number | null }> {
  const { remindHours } = (await deps.policy(deps.db)).body.decisions ?? usualDecisions;
  await effectDue(deps, exception);
  await endExpired(deps, exception);
  for (const { decision, how } of await unsettled(deps.db, exception)) {
    await settle(deps, { decision, reach: await reachOf(deps, exception) }, how);
  }
  await remindOrEscalate(deps, exception, remindHours);
  return waitOf(deps.db, exception, await deps.policy(deps.db));
}

async function effectDue(deps: ExceptionDeps, exception: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const loaded = await loadCase(tx, exception);
    const now = new Date().toISOString();
    if (loaded?.state.pending === undefined || loaded.state.pending.effectAt > now) return;
    await takeEffect(deps, tx, [loaded], await deps.policy(tx), now);
  });
}

async function endExpired(deps: ExceptionDeps, exception: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    for (const id of await expiredRulings(tx, exception)) {
      const loaded = await loadCase(tx, exception);
      const decision = loaded?.state.effective.find((one) => one.decision === id);
      await endRuling(tx, id, 'expired');
      if (loaded === undefined || decision === undefined) continue;
      const [after = loaded] = await keep(deps, tx, [{ loaded, events: [{ kind: 'expired', decision: id }] }], CLOCK, new Date().toISOString(), null);
      await reopenCase(tx, exception);
      await undoEffect(deps, tx, after, decision, await deps.policy(tx), 'expired');
    }
  });
}

async function remindOrEscalate(deps: ExceptionDeps, exception: string, remindHours: number): Promise<void> {
  const due = await deps.db.transaction(async (tx): Promise<CaseAct | undefined> => {
    const loaded = await loadCase(tx, exception);
    if (loaded === undefined || loaded.state.state !== 'open' || loaded.state.escalated) return undefined;
    const left = Date.parse(loaded.state.dueAt) - Date.now();
    if (left <= 0) return { act: 'come-due' };
    return left <= remindHours * HOUR_MS && !loaded.state.reminded ? { act: 'remind' } : undefined;
  });
  if (due === undefined) return;
  const command = randomUUID();
  await keepCommand(deps.db, { command, exception, asked: due, person: CLOCK, roles: [] });
  await act(deps, command);
}

async function reachOf(deps: ExceptionDeps, exception: string): Promise<'version' | 'patient'> {
  return (await deps.db.transaction((tx) => loadCase(tx, exception)))?.row.reach ?? 'version';
}
