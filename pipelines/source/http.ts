import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { AssayError } from '../../terms/errors.ts';

/** One pool of connections and one clock for all that a worker asks of sources. */
export type Http = {
  readonly agent: Agent;
  now(): Date;
  sleep(ms: number): Promise<void>;
};

export type Sent = {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** An answer whose body, as sent (nothing is decompressed), must be read or destroyed. */
export type Answer = {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Readable;
};

export function createHttp({ now = () => new Date(), sleep = (ms: number) => delay(ms) } = {}): Http {
  return { now, sleep, agent: new Agent({ connect: { timeout: 15_000 }, headersTimeout: 300_000, bodyTimeout: 120_000 }) };
}

/**
 * Sends one request; follows nothing, retries nothing.
 * @throws AssayError ASSAY_SOURCE_UNREACHABLE with the system's code; never the address, which may name a patient
 */
export async function send(http: Http, url: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  try {
    const answer = await request(url, { method, headers, body: body ?? null, dispatcher: http.agent });
    return {
      status: answer.statusCode,
      header(name) {
        const value = answer.headers[name];
        return Array.isArray(value) ? value[0] : value;
      },
      body: answer.body,
    };
  } catch (error) {
    throw brokenConnection(error);
  }
}

/** The cause is left out: undici's errors can carry the address. */
export function brokenConnection(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
  return new AssayError('ASSAY_SOURCE_UNREACHABLE', code);
}
