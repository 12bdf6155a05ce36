import type { Queryable } from '../storage/connect.ts';
import type { Query } from './verify/rows.ts';

/** A connection as the verifier takes it: it knows no driver. */
export const asQuery = (db: Queryable): Query => async <Row>(sql: string, values: unknown[] = []) => {
  const { rows } = await db.query(sql, values);
  return { rows: rows as Row[] };
};
