import { AssayError } from '../terms/errors.ts';
import { sqlState } from './connect.ts';

/**
 * What went wrong around a statement and not in it, as an error of the catalogue: the disk is full, or the
 * server went. https://www.postgresql.org/docs/current/errcodes-appendix.html, and the system's own codes.
 * @returns undefined for anything else
 */
export function surroundings(error: unknown): AssayError | undefined {
  const state = sqlState(error);
  if (state === '53100' || state === 'ENOSPC') return new AssayError('ASSAY_DISK_FULL', state, { cause: error });
  // 08: connection exceptions; 57P01 to 57P03: it is stopped, or not up yet; 53300: too many connections.
  const gone = /^(08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(state)
    || (error instanceof Error && /^Connection terminated/.test(error.message)); // pg's own, without a code
  return gone ? new AssayError('ASSAY_DATABASE_UNREACHABLE', state, { cause: error }) : undefined;
}
