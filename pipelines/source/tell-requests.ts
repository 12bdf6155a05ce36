import { createHmac } from 'node:crypto';
import { taskNotTold, taskTold, untoldTasks, type TaskRow } from '../../storage/case-tasks.ts';
import type { Database } from '../../storage/connect.ts';
import { fhirTask } from '../../terms/case-request.ts';
import { AssayError } from '../../terms/errors.ts';
import { discard } from './body.ts';
import { send, type Answer, type Http } from './http.ts';
import type { Settings } from './settings.ts';

const AT_A_TIME = 20;
const FIRST_AGAIN_MS = 1_000;
const MOST_AGAIN_MS = 15 * 60_000;
const ANSWER_MS = 10_000;

export type TellDeps = {
  readonly db: Database; readonly http: Http;
  readonly secret: (name: string) => string | undefined;
  /** A source did not take what it was told. */
  readonly failed: (task: string, source: string, error: unknown) => void;
};

/**
 * Tells sources what people there are asked for, in each state it comes to: requested, completed, cancelled. At least once: a
 * repeated one has the same id, `task.state`. A source that does not take one is told nothing else until it is tried again.
 * @returns how many were taken
 */
export async function tellRequests({ db, http, secret, failed }: TellDeps): Promise<number> {
  let told = 0;
  const silent = new Set<string>();
  for (const { settings, ...task } of await untoldTasks(db, AT_A_TIME)) {
    if (silent.has(task.source)) continue;
    try {
      await post(http, task, settings as Settings, secret);
      await taskTold(db, task.task, task.state);
      told += 1;
    } catch (error) {
      await taskNotTold(db, task.task, FIRST_AGAIN_MS, MOST_AGAIN_MS);
      silent.add(task.source);
      failed(task.task, task.source, error);
    }
  }
  return told;
}

/** @throws AssayError ASSAY_REQUEST_NOT_TAKEN, ASSAY_SOURCE_UNREACHABLE */
async function post(http: Http, task: TaskRow, { requests }: Settings, secret: TellDeps['secret']): Promise<void> {
  const key = secret(requests?.secretEnv ?? '');
  if (requests?.url === undefined || key === undefined) throw new AssayError('ASSAY_REQUEST_NOT_TAKEN', `${requests?.secretEnv ?? 'secretEnv'} is not set`);
  const body = JSON.stringify(fhirTask(task));
  const headers = { 'content-type': 'application/fhir+json', ...signed(key, `${task.task}.${task.state}`, Math.floor(http.now().getTime() / 1000), body) };
  const answer = await within(ANSWER_MS, send(http, requests.url, { method: 'POST', headers, body }));
  discard(answer.body);
  if (answer.status < 200 || answer.status > 299) throw new AssayError('ASSAY_REQUEST_NOT_TAKEN', `HTTP ${answer.status}`);
}

async function within(ms: number, work: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new AssayError('ASSAY_REQUEST_NOT_TAKEN', 'no answer in time')), ms); });
  work.then((answer) => { if (timer === undefined) discard(answer.body); }, () => {}); // came after all
  return Promise.race([work, late]).finally(() => { clearTimeout(timer); timer = undefined; });
}

/**
 * Headers of Standard Webhooks 1.0.0 (github.com/standard-webhooks, "Signature scheme"), symmetric.
 * @param secret `whsec_` and base64 @param at seconds since 1970
 */
export function signed(secret: string, id: string, at: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': `${at}`, 'webhook-signature': `v1,${signature}` };
}
