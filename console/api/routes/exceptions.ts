import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AssayError } from '../../../terms/errors.ts';
import { exceptionById, exceptionMembers, queue, queueContents, queueCounts, queueOrders, type QueueCount, type QueuedException, type QueueFacet } from '../../../storage/queue.ts';
import type { ApiDeps } from '../deps.ts';
import { fromCursor, toCursor } from '../queue-place.ts';
import { personNames } from '../../../storage/people.ts';
import { notLookedAt } from '../../../storage/not-looked-at.ts';
import { versionNames } from '../../../storage/version-names.ts';
import { queueFilter } from '../queue-filter.ts';
import { ruleWords } from '../rule-words.ts';
import { ExceptionDetail, Exceptions, QueueCounts, QueueFilter, type Exception } from '../shapes/exceptions.ts';
import { problems, RowId } from '../shapes/words.ts';
import { assertFacility, facilities } from '../sign-in/guard.ts';
import { wire } from '../wire.ts';

const MEMBERS = 100;
const UNCHECKED = 12;

export const exceptionRoutes = ({ db, ruleFacts }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  const toException = (row: QueuedException): Exception => {
    const { title, why } = ruleWords(ruleFacts, row.rule);
    return { ...wire(row), title, why, says: row.says ?? title };
  };

  app.get('/api/exceptions', {
    schema: {
      tags: ['Work queue'], summary: 'Open cases, the most urgent first',
      querystring: Type.Object({
        ...QueueFilter.properties, after: Type.Optional(Type.String({ maxLength: 200 })),
        order: Type.Enum(queueOrders, { type: 'string', default: 'urgency' }),
        limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      }, { additionalProperties: false }),
      response: { 200: Exceptions, ...problems(400, 401, 403) },
    },
  }, async (request) => {
    const { after, limit, order, ...asked } = request.query;
    const { rows, last } = await queue(db, await queueFilter(db, request, asked), limit, after === undefined ? undefined : fromCursor(after), order);
    return { exceptions: rows.map(toException), next: rows.length === limit && last !== undefined ? toCursor(last) : null };
  });

  app.get('/api/exceptions/counts', {
    schema: {
      tags: ['Work queue'], summary: 'How many open cases there are, and how they divide',
      querystring: QueueFilter, response: { 200: QueueCounts, ...problems(400, 401, 403) },
    },
  }, async (request) => {
    const mine = await queueFilter(db, request, {});
    const [open, matching] = await Promise.all([queueCounts(db, mine), queueFilter(db, request, request.query).then((filter) => queueCounts(db, filter))]);
    const names = await personNames(db, open.flatMap(({ by, value }) => by === 'assignee' ? value ?? [] : []));
    const label: Readonly<Record<QueueFacet, (value: string) => string>> = {
      source: same, rule: (rule) => ruleWords(ruleFacts, rule).title, priority: same, owner: same, assignee: (subject) => names.get(subject) ?? subject, turn: same,
    };
    const divided = (counts: readonly QueueCount[]) => {
      const tally = (facet: QueueFacet) => counts.filter(({ by }) => by === facet)
        .map(({ value, exceptions, late }) => ({ value: value ?? 'nobody', label: label[facet](value ?? 'nobody'), exceptions, late }))
        .sort((a, b) => a.label.localeCompare(b.label, 'en'));
      return { source: tally('source'), rule: tally('rule'), priority: tally('priority'), owner: tally('owner'), assignee: tally('assignee'), turn: tally('turn') };
    };
    const [all, groups] = [divided(open), divided(matching)];
    // Each case has one turn.
    const sum = (of: 'exceptions' | 'late', tally: typeof all.turn): number => tally.reduce((total, one) => total + one[of], 0);
    return {
      matching: sum('exceptions', groups.turn), open: sum('exceptions', all.turn), late: sum('late', groups.turn),
      sources: all.source, rules: all.rule, priorities: all.priority, owners: all.owner, assignees: all.assignee, turns: all.turn,
      ...await queueContents(db, mine), groups,
    };
  });

  app.get('/api/exceptions/:id', {
    schema: {
      tags: ['Work queue'], summary: 'A case with its members as references',
      params: Type.Object({ id: RowId }),
      querystring: Type.Object({ after: Type.Optional(RowId) }, { additionalProperties: false }),
      response: { 200: ExceptionDetail, ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const { params: { id }, query: { after } } = request;
    const found = await exceptionById(db, id);
    if (found === undefined) throw new AssayError('ASSAY_EXCEPTION_UNKNOWN');
    await assertFacility(db, request, found.source);
    const members = await exceptionMembers(db, id, MEMBERS, after);
    // Two sources may show one registry's people: a record of a facility that is not the reader's is not named.
    const names = await versionNames(db, members.flatMap(({ version, evidence }) => (evidence ?? []).flatMap((place) => place.version === undefined || place.version === version ? [] : place.version)), await facilities(db, request));
    const full = new Set(members.map((member) => member.version)).size === MEMBERS;
    return {
      ...toException(found), sources: [...ruleWords(ruleFacts, found.rule).sources ?? []], notLookedAt: await notLookedAt(db, id, UNCHECKED), next: full ? members.at(-1)?.version ?? null : null,
      members: members.map((member) => ({ ...wire(member), evidence: (member.evidence ?? []).map((place) => {
        const of = names.get(place.version ?? '');
        return of === undefined ? place : { ...place, of };
      }) })),
    };
  });
};

const same = (value: string): string => value;
