import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AssayError, errors, type ErrorCode } from '../../terms/errors.ts';

const statusOf: Partial<Record<ErrorCode, number>> = {
  ASSAY_FEED_QUERY_INVALID: 400, ASSAY_FEED_TOKEN_REFUSED: 401, ASSAY_FEED_FORBIDDEN: 403, ASSAY_FEED_UNKNOWN: 404, ASSAY_FEED_TYPE_UNKNOWN: 404, ASSAY_NOTICE_UNKNOWN: 404,
  ASSAY_DATABASE_UNREACHABLE: 503,
};

/** Answers with problem details (RFC 9457) that carry the catalogue's code and quote nothing that was sent. */
export function sendProblem(error: FastifyError | AssayError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asKnown(error);
  const status = (known && statusOf[known.code]) ?? 500;
  if (status >= 500) request.log.error({ code: known?.code ?? error.code }, 'a feed request failed');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  const problem = known === undefined
    ? { type: 'about:blank', title: 'The server failed.', status }
    : { type: `urn:fhir-assay:error:${known.code}`, title: errors[known.code].says, status, code: known.code,
      detail: [known.detail, errors[known.code].doThis].filter(Boolean).join(' — ') };
  return reply.status(status).type('application/problem+json').send(problem);
}

function asKnown(error: FastifyError | AssayError): AssayError | undefined {
  if (error instanceof AssayError) return error;
  // Ajv's message names the parameter and the bound, never the value.
  return 'validation' in error && error.validation !== undefined ? new AssayError('ASSAY_FEED_QUERY_INVALID', error.message) : undefined;
}
