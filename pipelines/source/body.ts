import type { Readable } from 'node:stream';
import { AssayError } from '../../terms/errors.ts';
import { brokenConnection, type Answer } from './http.ts';
import { decoded } from './decode.ts';

/** No page, manifest or token response is larger. */
const LARGEST = 512 * 1024 * 1024;

/** The whole body, decompressed whatever its headers say. */
export async function readBody(answer: Answer, limit = LARGEST): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of decoded(answer.body)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) break;
    }
  } catch (error) {
    throw brokenConnection(error);
  } finally {
    discard(answer.body);
  }
  if (length > limit) throw new AssayError('ASSAY_SOURCE_PAGE_INVALID', `larger than ${limit} bytes`);
  const whole = Buffer.concat(chunks);
  return whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf ? whole.subarray(3) : whole;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The body as a JSON object; undefined where it is none. */
export function asJson(body: Buffer): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isString = (value: unknown): value is string => typeof value === 'string';
export const listOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Ends a body nobody reads on; its late errors are nobody's. */
export function discard(body: Readable): void {
  body.on('error', () => {});
  body.destroy();
}
