import { errors } from '../../terms/errors.ts';
import type { Trouble } from './shapes/runs.ts';

/** A stored error code in words; a code that this program does not know stands for itself. */
export function trouble(code: string): Trouble;
export function trouble(code: string | null): Trouble | null;
export function trouble(code: string | null): Trouble | null {
  if (code === null) return null;
  const row = Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : undefined;
  return row === undefined
    ? { code, says: 'It failed with a code that this version of the program does not know.', doThis: 'Look in the worker’s log at the time of the run.' }
    : { code, says: row.says, doThis: row.doThis };
}
