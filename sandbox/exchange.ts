import type { JsonObject } from './json-exact.ts';

/** What a request asks for, as misbehaviours see it. */
export type AskedFor =
  | 'metadata' | 'token' | 'read' | 'search' | 'next-page' | 'history' | 'write'
  | 'kick-off' | 'status' | 'cancel' | 'download';

export type Asked = {
  readonly kind: AskedFor;
  readonly method: string;
  readonly url: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | undefined;
  /** Who asks: the registered client, or `anyone` when authorization is off. */
  client: string;
};

/** A body is a list of pieces, never one joined copy, so that a file of 100 MB streams from the loaded bytes. */
export type Answer = {
  status: number;
  headers: Record<string, string>;
  body: readonly Buffer[];
  /** Break the connection after this many bytes of the body; 0 before even the status line. */
  cutAfter?: number;
  /** Promise so many bytes more, or fewer, than the body has. */
  lengthOffBy?: number;
};

export const fhirJson = 'application/fhir+json; charset=utf-8';

export const answerJson = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status, body: [Buffer.from(JSON.stringify(value))], headers: { 'content-type': 'application/json', ...headers },
});

export const answerFhir = (status: number, resource: JsonObject | Buffer, headers: Record<string, string> = {}): Answer => ({
  status, body: [Buffer.isBuffer(resource) ? resource : Buffer.from(JSON.stringify(resource))],
  headers: { 'content-type': fhirJson, ...headers },
});

/** codes: http://hl7.org/fhir/R4/valueset-issue-type.html */
export const outcome = (code: string, diagnostics: string, severity = 'error'): JsonObject => ({
  resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics }],
});

export const refuse = (status: number, code: string, diagnostics: string, headers: Record<string, string> = {}) =>
  answerFhir(status, outcome(code, diagnostics), headers);

export const lengthOf = (body: readonly Buffer[]) => body.reduce((sum, piece) => sum + piece.length, 0);
