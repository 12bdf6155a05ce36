import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { SourceWait } from '../../pipelines/source/source-wait.ts';
import { surroundings } from '../../storage/trouble.ts';
import { AssayError, errors } from '../../terms/errors.ts';

const BEAT_MS = 1_000;

type Activities = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/**
 * The one place where errors meet Temporal: an error of the catalogue becomes a failure whose type is
 * its code, not retried where the catalogue says that it cannot help. Anything else keeps only its
 * name: a message from a library may quote what it was given.
 */
export function retriable<A extends Activities>(activities: A, log: (error: unknown, activity: string) => void): A {
  const wrapped = Object.entries(activities).map(([name, activity]) => [name, async (...args: never[]) => {
    // Work that waits for a source or the database is alive; a process that was killed beats no more.
    const beating = setInterval(() => heartbeat(), BEAT_MS);
    try {
      return await activity(...args);
    } catch (error) {
      if (error instanceof CancelledFailure) throw error;
      log(error, name);
      const known = error instanceof AssayError ? error : surroundings(error);
      if (known !== undefined) {
        throw ApplicationFailure.create({
          type: known.code, message: errors[known.code].says, nonRetryable: !errors[known.code].retry,
          // The EHR named the time: tried earlier, it would only refuse again.
          ...(known instanceof SourceWait ? { nextRetryDelay: known.waitMs } : {}),
        });
      }
      throw ApplicationFailure.create({ type: error instanceof Error ? error.name : 'Error', message: 'An activity failed; its log has the place.' });
    } finally {
      clearInterval(beating);
    }
  }]);
  return Object.fromEntries(wrapped) as A;
}
