import type { Database, Queryable } from './connect.ts';

/** A statement's name by its text. Statements are constants of the code: there are no more than are written. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) names.set(text, name = `kept-${names.size}`);
  return name;
}

/**
 * The same database, of whose statements each connection keeps the plan: for what is asked again and again, a few rows at a time,
 * where PostgreSQL takes longer to parse and plan than to answer. Not for statements whose best plan depends on what is asked.
 */
export const keepingPlans = (db: Database): Database => ({
  ...db, ...kept(db),
  transaction: (work) => db.transaction((tx) => work({ ...kept(tx), inTransaction: true, pool: tx.pool })),
});

const kept = (on: Queryable): Queryable => ({
  query: ((text: string, values?: unknown[]) => values === undefined ? on.query(text) : on.query({ name: nameOf(text), text, values })) as Queryable['query'],
});
