import pino, { type Logger } from 'pino';

/**
 * One line of JSON an event, on stderr: stdout belongs to results. Ids, counts, codes and types only;
 * of an error its name, code and where it was thrown, never its message: a library's may quote a record.
 */
export const createLog = (role: string, level = process.env['ASSAY_LOG'] ?? 'info'): Logger =>
  pino({ level, base: { role }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorFacts } },
    pino.destination({ dest: 2, sync: true }));

/** What of an error may stand in a log. */
export function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, detail } = error as { code?: unknown; detail?: unknown };
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    // Only our own errors have a detail that is known to hold no patient data.
    ...(error.name === 'AssayError' && typeof detail === 'string' ? { detail } : {}),
    at: (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')).slice(0, 8).map((line) => line.trim().slice(3)),
    ...(error.cause instanceof Error ? { cause: errorFacts(error.cause) } : {}),
  };
}
