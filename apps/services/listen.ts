import { AssayError } from '../../terms/errors.ts';

/** An error of taking a port, in the catalogue's words where it is one. @param port which */
export function portTrouble(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EADDRINUSE' || code === 'EACCES' ? new AssayError('ASSAY_PORT_TAKEN', `${port}${code === 'EACCES' ? ', which this user may not take' : ''}`) : error;
}
