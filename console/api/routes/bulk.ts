import { createHash, randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { bulkById, bulkCandidates, bulkDecided, chooseToOpen, keepPreview, type BulkCandidate } from '../../../storage/bulk.ts';
import { openedBy } from '../../../storage/record-views.ts';
import { keepingPlans } from '../../../storage/kept-plans.ts';
import { AssayError } from '../../../terms/errors.ts';
import { purposes } from '../../../terms/purpose.ts';
import { mayDecide, type Role } from '../../../terms/role.ts';
import type { Owner } from '../../../terms/rule.ts';
import { askAct } from '../ask-act.ts';
import type { ApiDeps } from '../deps.ts';
import { BulkAsked, BulkDone, BulkGiven, BulkPreview } from '../shapes/bulk.ts';
import { problems } from '../shapes/words.ts';
import { facilities, person } from '../sign-in/guard.ts';

/** Updates at a time: each waits for its case's workflow. */
const AT_ONCE = 8;

/** Many cases, one view: previewed exactly, some of their records opened first. */
export const bulkRoutes = ({ db, deciding, askCase }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.post('/api/bulk/preview', {
    schema: { tags: ['Work queue'], summary: 'What a decision on these cases together would touch', body: BulkAsked, response: { 200: BulkPreview, ...problems(400, 401, 403, 409) } },
  }, async (request) => {
    const me = person(request);
    const { bulk: limits } = await deciding();
    const [found, allowed] = [await bulkCandidates(db, request.body.exceptions), await facilities(db, request)];
    const known = new Map(found.map((one) => [one.exception, one]));
    const judged = request.body.exceptions.map((exception) => ({ exception, because: because(known.get(exception), me.roles, allowed) }));
    const chosen = judged.flatMap(({ exception, because: why }) => why === undefined ? known.get(exception) ?? [] : []).slice(0, limits.most);
    const cases = chosen.map(({ exception, revision, records }) => ({ exception, revision, records }));
    const mustOpen = await chooseToOpen(db, cases.map(({ exception }) => exception), limits.mustOpen);
    const bulk = randomUUID();
    await keepPreview(db, { bulk, person: me.person, cases, mustOpen });
    return {
      bulk, cases, mustOpen, records: cases.reduce((sum, one) => sum + one.records, 0),
      purposes: purposes.filter((purpose) => chosen.length > 0 && chosen.every(({ waits }) => waits.includes(purpose))),
      left: judged.flatMap(({ exception, because: why }) => why === undefined ? [] : [{ exception, because: why }]),
    };
  });

  app.post('/api/bulk', {
    schema: { tags: ['Work queue'], summary: 'Decides what was previewed; asked again, it does what is left', body: BulkGiven, response: { 200: BulkDone, ...problems(400, 401, 403, 404, 409) } },
  }, async (request) => {
    const me = person(request);
    const { bulk: id, view } = request.body;
    const found = await bulkById(db, id);
    if (found === undefined || found.person !== me.person || found.cases.length === 0) throw new AssayError('ASSAY_BULK_REFUSED');
    const opened = new Set((await openedBy(db, me.person, found.mustOpen.map(({ exception }) => exception))).map(({ exception, version }) => `${exception} ${version}`));
    if (found.mustOpen.some(({ exception, version }) => !opened.has(`${exception} ${version}`))) throw new AssayError('ASSAY_BULK_UNOPENED');
    const refused: { exception: string; code: string }[] = [];
    const rest = [...found.cases];
    // Nobody has looked since the preview: each case answers for itself.
    const stillOpen = { state: 'open', effectAt: null } as const;
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let one = rest.shift(); one !== undefined; one = rest.shift()) {
        const { exception, revision } = one;
        const command = commandOf(id, exception);
        const asked = { act: 'decide', view: { ...view, scope: 'members', revision }, bulk: id } as const;
        await askAct({ db: keepingPlans(db), askCase }, stillOpen, { command, exception, asked, person: me.person, roles: me.roles }).catch((error: unknown) => {
          if (!(error instanceof AssayError)) throw error;
          refused.push({ exception, code: error.code });
        });
      }
    }));
    await db.transaction((tx) => bulkDecided(tx, id));
    return { done: found.cases.length - refused.length, refused };
  });
};

type Because = 'identity' | 'priority-1' | 'ai' | 'closed' | 'being-decided' | 'other-team' | 'other-facility' | 'unknown';

/** Why a case is never decided together with others. */
function because(one: BulkCandidate | undefined, roles: readonly Role[], allowed: readonly string[] | null): Because | undefined {
  if (one === undefined) return 'unknown';
  if (allowed !== null && !allowed.includes(one.source)) return 'other-facility';
  if (one.state !== 'open') return 'closed';
  if (one.owner === 'identity') return 'identity';
  if (one.owner === 'ai') return 'ai';
  if (one.priority === 1) return 'priority-1';
  if (one.pending) return 'being-decided';
  return mayDecide(roles, one.owner as Owner) ? undefined : 'other-team';
}

/** The same for the same bulk and case: RFC 9562's version 8 of a hash. */
function commandOf(bulk: string, exception: string): string {
  const hex = createHash('sha256').update(`${bulk} ${exception}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
