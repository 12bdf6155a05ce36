import { AssayError } from '../../terms/errors.ts';
import type { QueuePlace } from '../../storage/queue.ts';

/** A place in the queue as one opaque word in an address. */
export const toCursor = ({ priority, dueAt, id }: QueuePlace): string =>
  Buffer.from(JSON.stringify([priority, dueAt, id])).toString('base64url');

/** @throws AssayError ASSAY_REQUEST_INVALID for a word that `toCursor` did not make */
export function fromCursor(cursor: string): QueuePlace {
  try {
    const [priority, dueAt, id]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof priority === 'number' && Number.isInteger(priority) && Math.abs(priority) < 100
      && typeof dueAt === 'string' && /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(dueAt)
      && !Number.isNaN(Date.parse(dueAt.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')))
      && typeof id === 'string' && /^[1-9]\d{0,17}$/.test(id)) return { priority, dueAt, id };
  } catch {
    // Not JSON: as wrong as any other.
  }
  throw new AssayError('ASSAY_REQUEST_INVALID');
}
