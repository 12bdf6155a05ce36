import { AssayError } from '../terms/errors.ts';

/** For a file that an argument names: what the system says of it becomes one of our sentences. @param what the argument, as typed */
export const unopened = (what: string) => (error: unknown): never => {
  if (error instanceof AssayError || !(error instanceof Error && 'code' in error)) throw error;
  throw new AssayError('ASSAY_PATH_UNREADABLE', `${what}: ${String(error.code)}`);
};
