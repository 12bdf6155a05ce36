import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isResource } from './compartment.ts';
import { isObject, parseExact, type Json } from './json-exact.ts';
import type { Store } from './store.ts';

/** A request as it came: a FHIR Task. `id`: the delivery's. */
export type Delivery = { readonly id: string; readonly task: string; readonly status: string; readonly records: readonly string[] };

export type RequestOptions = {
  /** `whsec_` and base64, as Standard Webhooks has it. */
  readonly secret: string;
  /** Somebody corrects the chart this long after being asked; absent: when `answer` is called. */
  readonly answerSeconds?: number;
};

/** A delivery older than this is a replay (Standard Webhooks, "Verifying webhook timestamps"). */
const TOLERANCE_SECONDS = 300;

/** People at the EHR, who are asked by FHIR Task to correct a chart, and do. */
export function createRequests(store: Store, options: RequestOptions | undefined) {
  const deliveries: Delivery[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let refusing = 0;

  /** The records are as they were before something was done to them; what was made up goes. */
  function correct(records: readonly string[]): void {
    for (const record of records) {
      const [type = '', id = ''] = record.split('/').slice(-2);
      const before = store.before(type, id);
      const resource: Json | undefined = before === undefined ? undefined : parseExact(before.toString());
      if (isObject(resource) && isResource(resource)) store.write({ ...resource, id });
      else store.remove(type, id);
    }
  }

  function take(delivery: Delivery, kind: string): void {
    const known = deliveries.some(({ id }) => id === delivery.id);
    deliveries.push(delivery);
    if (known || kind !== 'chart-correction' || delivery.status !== 'requested' || options?.answerSeconds === undefined) return;
    const timer = setTimeout(() => { timers.delete(timer); correct(delivery.records); }, options.answerSeconds * 1000);
    timers.add(timer);
  }

  return {
    deliveries,
    /** The next ones are answered 503. */
    refuseNext: (count: number) => { refusing = count; },
    /** Somebody corrects what a task asks for. */
    answer: (task: string) => correct(deliveries.find((one) => one.task === task)?.records ?? []),
    stop: () => { for (const timer of timers) clearTimeout(timer); },
    mount(app: FastifyInstance) {
      app.post('/requests', (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body.toString() : '';
        if (options === undefined || !isSigned(options.secret, request, body)) return reply.code(401).send({ error: 'The signature is not ours.' });
        if (refusing-- > 0) return reply.code(503).send({ error: 'Not now.' });
        refusing = 0;
        const task = JSON.parse(body) as { resourceType?: string; id: string; status: string; code?: { coding?: { code?: string }[] }; input?: { valueReference?: { reference?: string } }[] };
        if (task.resourceType !== 'Task') return reply.code(422).send({ error: 'No Task.' });
        const records = (task.input ?? []).flatMap(({ valueReference }) => valueReference?.reference ?? []);
        take({ id: String(request.headers['webhook-id']), task: task.id, status: task.status, records }, task.code?.coding?.[0]?.code ?? '');
        return reply.code(204).send();
      });
      app.get('/sandbox/requests', () => deliveries);
      app.post<{ Params: { task: string } }>('/sandbox/requests/:task/answer', (request, reply) => {
        correct(deliveries.find((one) => one.task === request.params.task)?.records ?? []);
        return reply.code(204).send();
      });
    },
  };
}

/** Standard Webhooks 1.0.0, symmetric: HMAC-SHA-256 of id, time and body, any of several signatures. */
function isSigned(secret: string, { headers }: FastifyRequest, body: string): boolean {
  const [id, at] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
  if (!(Math.abs(Date.now() / 1000 - Number(at)) <= TOLERANCE_SECONDS)) return false;
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${id}.${at}.${body}`).digest();
  return String(headers['webhook-signature']).split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return one.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
