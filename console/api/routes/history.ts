import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { acknowledgements } from '../../../storage/acknowledgements.ts';
import { overtaken } from '../../../storage/case-members.ts';
import { taskById, tasksOf } from '../../../storage/case-tasks.ts';
import { caseEvents, type CaseEventRow } from '../../../storage/cases.ts';
import { decisionsOf, type DecisionRow } from '../../../storage/decisions.ts';
import { validitiesOf } from '../../../storage/field-precision.ts';
import { personNames } from '../../../storage/people.ts';
import { looksBlind } from '../../../storage/quality.ts';
import { exceptionById } from '../../../storage/queue.ts';
import { fhirTask } from '../../../terms/case-request.ts';
import { calendarOf } from '../../../storage/source.ts';
import { AssayError } from '../../../terms/errors.ts';
import { fieldPrecision } from '../../../terms/field-precision.ts';
import { allHidden, blinded } from '../blind.ts';
import { clocks } from '../clocks.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseHistory } from '../shapes/history.ts';
import { problems, RowId } from '../shapes/words.ts';
import { assertFacility } from '../sign-in/guard.ts';
import { wire } from '../wire.ts';

const PRECISION_DAYS = 90;
const DAY_MS = 86_400_000;

/** What people did with a case, and what the clocks say. */
export const historyRoutes = ({ db, deciding, calendar }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/api/exceptions/:id/history', {
    schema: { tags: ['Work queue'], summary: 'What people did with a case', params: Type.Object({ id: RowId }), response: { 200: CaseHistory, ...problems(400, 401, 403, 404) } },
  }, async (request) => {
    const { id } = request.params;
    const found = await exceptionById(db, id);
    if (found === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
    await assertFacility(db, request, found.source);
    const me = request.signedIn?.person;
    const [written, decisions, tasks, policy] = [await caseEvents(db, id), await decisionsOf(db, id), await tasksOf(db, id), await deciding()];
    const looking = me !== undefined && await looksBlind(db, me, id);
    const { hidden, events } = looking ? allHidden(written) : blinded(written, me);
    const names = await personNames(db, [...new Set(events.map(({ by }) => by))]);
    const [counts] = hidden ? [] : await validitiesOf(db, PRECISION_DAYS, { rule: found.rule });
    const pending = decisions.find(({ state }) => state === 'pending')?.decision;
    return {
      turn: found.turn, blind: hidden, mine: !hidden && found.turn === 'second-person',
      needsTwo: policy.fourEyes.priorities.includes(found.priority),
      canUndoUntil: pending !== undefined && me !== undefined && [pending.by, pending.secondBy].includes(me) ? pending.effectAt : null,
      events: events.map((row) => shown(row, names)),
      decisions: looking ? [] : decisions.map(decisionShown),
      tasks: (looking ? [] : tasks).map(({ task, kind, of, text, state, askedAt, doneAt, sentAt, tries }) => wire({ task, kind, of, text, state, askedAt, doneAt, sentAt, tries })),
      clocks: {
        ...clocks(await calendarOf(db, found.source) ?? calendar, found.openedAt, found.closedAt ?? new Date(), written),
        statutoryDueAt: new Date(found.openedAt.getTime() + (policy.statutoryDays + (written.some(({ event }) => event.kind === 'extended') ? policy.extensionDays : 0)) * DAY_MS).toISOString(),
      },
      precision: counts === undefined ? null : fieldPrecision(counts),
      consumers: wire(await acknowledgements(db, id)), overtaken: wire(await overtaken(db, id)),
    };
  });

  app.get('/api/tasks/:id', {
    schema: {
      tags: ['Work queue'], summary: 'What somebody was asked for, as a FHIR Task', params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      response: { 200: Type.Object({ resourceType: Type.Literal('Task') }, { additionalProperties: true, description: 'http://hl7.org/fhir/R4/task.html' }), ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const task = await taskById(db, request.params.id);
    if (task === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
    await assertFacility(db, request, task.source);
    return fhirTask(task);
  });
};

function shown({ n, event, by, at, hidden }: CaseEventRow & { hidden?: true }, names: ReadonlyMap<string, string>) {
  const text = 'text' in event ? event.text : 'reason' in event ? event.reason : 'view' in event ? event.view.reason : null;
  return {
    n, kind: event.kind, at: at.toISOString(), hidden: hidden === true,
    by: hidden === true ? null : by, byName: hidden === true ? null : names.get(by) ?? null, text: hidden === true ? null : text,
    to: event.kind === 'assigned' ? event.to : null,
    decision: event.kind === 'decided' ? event.decision.decision : 'decision' in event && typeof event.decision === 'string' ? event.decision : null,
    task: event.kind === 'evidence-asked' ? event.task.task : event.kind === 'evidence-given' ? event.task : null,
  };
}

function decisionShown({ decision: one, state, settled }: DecisionRow) {
  return {
    decision: one.decision, state, settled, disposition: one.disposition, validity: one.validity, rootCause: one.rootCause, purposes: [...one.purposes],
    reason: one.reason, scope: one.scope, expiresAt: one.expiresAt ?? null, revision: one.revision, by: one.by, secondBy: one.secondBy ?? null, second: one.secondView === undefined ? null : { reason: one.secondView.reason, signature: one.secondView.signature ?? null },
    at: one.at, effectAt: one.effectAt, signature: one.signature ?? null,
  };
}
