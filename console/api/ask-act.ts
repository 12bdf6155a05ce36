import { commandById, keepCommand } from '../../storage/cases.ts';
import type { Database } from '../../storage/connect.ts';
import { actsOnClosed, type CaseAct } from '../../terms/case-act.ts';
import type { Signature } from '../../terms/decision.ts';
import { AssayError, type ErrorCode } from '../../terms/errors.ts';
import type { Role } from '../../terms/role.ts';
import type { ApiDeps } from './deps.ts';

export type ActAsked = { readonly command: string; readonly exception: string; readonly asked: CaseAct; readonly person: string; readonly roles: readonly Role[] };
/** Uses up a signature of the person's. */
export type Sign = () => Promise<Signature>;

/**
 * An act is on record, then done: by the case's workflow, or it was before. What a case that is closed or decided cannot take is
 * refused without asking: where many are at one queue, most of them come too late.
 * @param found the case, as it was read a moment ago @param sign asked once, when the act is new
 * @throws AssayError ASSAY_CASE_…
 */
export async function askAct({ db, askCase }: { db: Database } & Pick<ApiDeps, 'askCase'>, found: { readonly state: 'open' | 'closed'; readonly effectAt: Date | null }, act: ActAsked, sign?: Sign): Promise<void> {
  const known = await commandById(db, act.command);
  if (known === undefined && found.state === 'closed' && !actsOnClosed.has(act.asked.act)) throw new AssayError('ASSAY_CASE_CLOSED');
  if (known === undefined && found.effectAt !== null && act.asked.act === 'decide') throw new AssayError('ASSAY_CASE_DECIDED');
  const kept = known ?? await keepCommand(db, { ...act, asked: withSignature(act.asked, await sign?.()) });
  if (kept === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
  if (kept.exception !== act.exception || kept.person !== act.person || kept.body.act !== act.asked.act) throw new AssayError('ASSAY_CASE_COMMAND_REUSED');
  if (kept.outcome === 'done') return;
  if (kept.outcome !== null) throw new AssayError(kept.outcome as ErrorCode);
  await askCase(act.exception, act.command);
}

function withSignature(asked: CaseAct, signature: Signature | undefined): CaseAct {
  if (signature === undefined) return asked;
  if (asked.act === 'decide') return { ...asked, view: { ...asked.view, signature } };
  return asked.act === 'reverse' ? { ...asked, signature } : asked;
}
