import type { ErrorCode } from '../../terms/errors.ts';
import { AssayError } from '../../terms/errors.ts';
import { asJson, isString, listOf, readBody, type JsonObject } from './body.ts';
import type { Answer, Http } from './http.ts';
import { retryAfterMs } from './retry-after.ts';
import { SourceWait } from './source-wait.ts';

/** An error's body is read no further than this. */
const LARGEST_REASON = 64 * 1024;
/** Waiting time where the server names none. */
const OTHERWISE_MS = 10_000;

/** What a status means where this row does not say otherwise: 401 and 403 are refusals everywhere. */
export type Meanings = { readonly gone: ErrorCode; readonly refused: ErrorCode };

/** The error for an answer that is no success. Its body is read for issue codes and closed. */
export async function refusal(http: Http, answer: Answer, { gone, refused }: Meanings): Promise<AssayError> {
  const { status } = answer;
  const issues = await issueCodes(answer);
  const detail = [`HTTP ${status}`, ...issues].join(', ');
  if (status === 429 || status === 503) return new SourceWait(waitMs(http, answer, OTHERWISE_MS), detail);
  if (status === 408 || status >= 500) return new AssayError('ASSAY_SOURCE_SERVER_ERROR', detail);
  if (status === 401) return new AssayError('ASSAY_SOURCE_TOKEN_REFUSED', detail);
  if (status === 403) return new AssayError('ASSAY_SOURCE_FORBIDDEN', detail);
  return new AssayError(status === 404 || status === 410 ? gone : refused, detail);
}

export const waitMs = (http: Http, answer: Answer, otherwise: number): number =>
  retryAfterMs({ retryAfter: answer.header('retry-after'), date: answer.header('date') }, http.now(), otherwise);

/** Codes of an OperationOutcome's issues, at most five; its texts may hold anything and are not read. */
export async function issueCodes(answer: Answer): Promise<string[]> {
  try {
    return codesOf(asJson(await readBody(answer, LARGEST_REASON)));
  } catch {
    return [];
  }
}

/** HL7's IssueType codes: http://hl7.org/fhir/R4/valueset-issue-type.html */
export function codesOf(outcome: JsonObject | undefined): string[] {
  if (outcome?.['resourceType'] !== 'OperationOutcome') return [];
  const codes = listOf(outcome['issue']).map((issue) => issue['code']).filter(isString).filter((code) => /^[a-z-]{2,20}$/.test(code));
  return [...new Set(codes)].slice(0, 5);
}
