import { caseStanding, commandById, keepCommand, type CaseStanding } from '../../storage/cases.ts';
import type { Database } from '../../storage/connect.ts';
import { actsOnClosed, type CaseAct } from '../../terms/case-act.ts';
import type { Signature } from '../../terms/decision.ts';
import { AssayError, type ErrorCode } from '../../terms/errors.ts';
import type { Role } from '../../terms/role.ts';
import type { ApiDeps } from './deps.ts';

export type ActAsked = { readonly command: string; readonly exception: string; readonly asked: CaseAct; readonly person: string; readonly roles: readonly Role[] };
/** Uses up a signature of the person's. */
export type Sign = () => Promise<Signature>;

/** The case, as it was read a moment ago. */
export type Found = Pick<CaseStanding, 'state' | 'effectAt'>;

/** Decisions that this process is asking for, by case. */
const deciding = new Map<string, Promise<void>>();

/**
 * An act is on record, then done: by the case's workflow, or it was before. What a case that is closed or decided cannot take is
 * refused without asking: where many are at one queue, most of them come too late. So who would decide a case that another is
 * deciding waits for that, and looks again.
 * @param sign asked once, when the act is new
 * @throws AssayError ASSAY_CASE_…
 */
export async function askAct(deps: Deps, found: Found, act: ActAsked, sign?: Sign): Promise<void> {
  if (act.asked.act !== 'decide') return askOne(deps, found, act, sign);
  const before = deciding.get(act.exception);
  const mine = before === undefined ? askOne(deps, found, act, sign)
    : before.catch(() => {}).then(async () => askOne(deps, await caseStanding(deps.db, act.exception) ?? found, act, sign));
  deciding.set(act.exception, mine);
  return mine.finally(() => { if (deciding.get(act.exception) === mine) deciding.delete(act.exception); });
}

type Deps = { readonly db: Database } & Pick<ApiDeps, 'askCase'>;

async function askOne({ db, askCase }: Deps, found: Found, act: ActAsked, sign?: Sign): Promise<void> {
  const late = tooLate(found, act.asked);
  const known = late === undefined && sign === undefined ? undefined : await commandById(db, act.command);
  if (known === undefined && late !== undefined) throw new AssayError(late);
  const kept = known ?? await keepCommand(db, { ...act, asked: withSignature(act.asked, await sign?.()) });
  if (kept === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
  if (kept.exception !== act.exception || kept.person !== act.person || kept.body.act !== act.asked.act) throw new AssayError('ASSAY_CASE_COMMAND_REUSED');
  if (kept.outcome === 'done') return;
  if (kept.outcome !== null) throw new AssayError(kept.outcome as ErrorCode);
  await askCase(act.exception, act.command);
}

function tooLate(found: Found, asked: CaseAct): ErrorCode | undefined {
  if (found.state === 'closed' && !actsOnClosed.has(asked.act)) return 'ASSAY_CASE_CLOSED';
  return found.effectAt !== null && asked.act === 'decide' ? 'ASSAY_CASE_DECIDED' : undefined;
}

function withSignature(asked: CaseAct, signature: Signature | undefined): CaseAct {
  if (signature === undefined) return asked;
  if (asked.act === 'decide') return { ...asked, view: { ...asked.view, signature } };
  return asked.act === 'reverse' ? { ...asked, signature } : asked;
}
