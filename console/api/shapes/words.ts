import Type from 'typebox';
import { purposes } from '../../../terms/purpose.ts';

/** Row ids are opaque; they happen to be whole numbers. */
export const RowId = Type.String({ pattern: '^[1-9][0-9]{0,17}$' });
/** Text that PostgreSQL can take: no control characters. */
export const Line = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' });
export const Instant = Type.String({ format: 'date-time' });
export const Count = Type.Integer({ minimum: 0 });
export const PurposeName = Type.Enum(purposes, { type: 'string' });
export const SourceName = Line;
export const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Problem = Type.Object({
  type: Type.String(), title: Type.String(), status: Type.Integer(), detail: Type.String(), code: Type.String(),
}, { $id: 'Problem', description: 'RFC 9457 problem details; `code` is a row of docs/errors.md.' });

/** What a route may answer beside its success. */
export const problems = <Status extends number>(...statuses: Status[]) =>
  Object.fromEntries([...statuses, 421 as const, 429 as const, 500 as const, 503 as const].map((status) => [status,
    { description: 'Problem', content: { 'application/problem+json': { schema: Problem } } }]));
