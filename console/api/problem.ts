import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AssayError, errors, type ErrorCode } from '../../terms/errors.ts';
import { sqlState } from '../../storage/connect.ts';

/** RFC 9457; `type` is an address of this API that explains the code. */
export type ProblemDetails = { type: string; title: string; status: number; detail: string; code: ErrorCode };

/** HTTP statuses of the codes that the API can meet; any other is a failure of ours. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  ASSAY_REQUEST_INVALID: 400, ASSAY_ARGUMENT_INVALID: 400, ASSAY_REQUEST_CROSS_SITE: 403, ASSAY_NOT_FOUND: 404, ASSAY_SOURCE_UNKNOWN: 404,
  ASSAY_RUN_UNKNOWN: 404, ASSAY_EXCEPTION_UNKNOWN: 404, ASSAY_LEDGER_EMPTY: 404, ASSAY_PROPOSAL_UNKNOWN: 404, ASSAY_PROPOSAL_CLOSED: 409, ASSAY_PROPOSAL_SECOND_PERSON: 403, ASSAY_POLICY_INVALID: 400, ASSAY_QUESTION_UNKNOWN: 404, ASSAY_QUESTION_PARAMETER: 400, ASSAY_LEDGER_NO_CHAIN: 404, ASSAY_RECORD_UNKNOWN: 404, ASSAY_PERSON_UNKNOWN: 404, ASSAY_RUN_GOING: 409, ASSAY_REQUEST_HOST: 421,
  ASSAY_REQUEST_TOKEN: 401, ASSAY_SIGN_IN_NEEDED: 401, ASSAY_SIGN_IN_REFUSED: 401, ASSAY_SIGN_IN_NO_ROLE: 403, ASSAY_FORBIDDEN: 403, ASSAY_FORBIDDEN_FACILITY: 403,
  ASSAY_REQUEST_UNPROVEN: 403, ASSAY_TOO_MANY: 429, ASSAY_SIGNATURE_REFUSED: 403, ASSAY_CASE_ROLE: 403, ASSAY_CASE_SIGNATURE: 403,
  ASSAY_CASE_ASSIGNEE: 409, ASSAY_CASE_CLOSED: 409, ASSAY_CASE_OPEN: 409, ASSAY_CASE_DECIDED: 409, ASSAY_CASE_SECOND_PERSON: 409, ASSAY_CASE_PURPOSES: 409,
  ASSAY_CASE_EXPIRY: 409, ASSAY_CASE_UNDO_OVER: 409, ASSAY_CASE_NOT_REVERSIBLE: 409, ASSAY_CASE_TASK: 409, ASSAY_CASE_EXTENDED: 409,
  ASSAY_CASE_MEMBERS: 409, ASSAY_CASE_COMMAND_REUSED: 409, ASSAY_DELEGATION_REFUSED: 409, ASSAY_BULK_REFUSED: 409, ASSAY_BULK_UNOPENED: 409, ASSAY_SAMPLE_DRAWN: 409,
  ASSAY_RETRACTION_MOVED: 409, ASSAY_HOLD_UNKNOWN: 404, ASSAY_SCHEDULE_UNKNOWN: 404, ASSAY_RETENTION_NOT_OVER: 409, ASSAY_SUSPENSION_TIME: 409,
  ASSAY_DESTRUCTION_HELD: 409, ASSAY_PATIENT_UNKNOWN: 404, ASSAY_AMENDMENT_STEP: 409, ASSAY_CONSUMER_UNKNOWN: 404,
  ASSAY_DATABASE_UNREACHABLE: 503,
};

/** @param more what was wrong with this very request; never a value that was given */
function problem(code: ErrorCode, status = statusOf[code] ?? 500, more?: string): ProblemDetails {
  const { says, doThis } = errors[code];
  return { type: `/api/errors/${code}`, title: says, status, detail: more === undefined ? doThis : `${more}. ${doThis}`, code };
}

const send = (reply: FastifyReply, body: ProblemDetails): FastifyReply =>
  reply.code(body.status).type('application/problem+json').send(JSON.stringify(body));

export const refuseAddress = (_error: FastifyError, _request: unknown, reply: FastifyReply): void => { void send(reply, problem('ASSAY_REQUEST_INVALID', 400)); };

export function answerWithProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => send(reply, problem('ASSAY_NOT_FOUND')));
  app.setErrorHandler((error: FastifyError, request, reply) => send(reply, toProblem(error, request)));
}

function toProblem(error: FastifyError, request: FastifyRequest): ProblemDetails {
  if (error instanceof AssayError) return problem(error.code);
  if (error.validation !== undefined) {
    const [first] = error.validation;
    const place = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`;
    return problem('ASSAY_REQUEST_INVALID', 400, `${place} ${first?.message ?? 'does not fit'}`);
  }
  if (error.statusCode !== undefined && error.statusCode < 500) return problem('ASSAY_REQUEST_INVALID', error.statusCode);
  // A message of PostgreSQL's may hold a value: only its kind and place are logged.
  request.log.error({ name: error.name, code: sqlState(error), route: request.routeOptions.url, at: error.stack?.split('\n')[1]?.trim() }, 'request failed');
  return problem('ASSAY_INTERNAL');
}
