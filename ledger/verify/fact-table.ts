/** How a column's value enters the canonical bytes of its row. */
export type ColumnForm =
  | 'text' | 'number' | 'bool' | 'texts' | 'numbers'
  /** bigint, as decimal text. */
  | 'id' | 'ids'
  /** bytea, lower-case hex. */
  | 'hex'
  /** timestamptz, `2026-11-26T04:51:00.123456Z`. */
  | 'instant'
  /** jsonb: SHA-256 (hex) of its RFC 8785 bytes; null stays null. */
  | 'json';

/**
 * A table whose rows are facts: each row is covered by the event that its transaction wrote.
 *
 * row hash = HMAC-SHA-256(key, RFC 8785 bytes of `{"table": name, …columns}`), the key being that of
 * the row's patient, or of its source where it has none; SHA-256 of the bytes where it has no source.
 * An event's `root` is the RFC 6962 root over its rows' hashes in the order of `event.covers`, and its
 * `covered` says how many ids of which table those are.
 */
export type FactTable = {
  readonly table: string;
  readonly because: string;
  /** The bigint or integer column that `event.covers` names. */
  readonly key: string;
  /** `once`: written once. `latest`: the row may change with another event; the newest one counts. */
  readonly written: 'once' | 'latest';
  /** SQL over the row (alias t) for its source and patient; neither: its rows are about nobody. Left joins: a row that names what is not there is there. */
  readonly of?: { readonly join?: string; readonly source: string; readonly patient: string };
  readonly columns: Readonly<Record<string, ColumnForm>>;
  /** Equal to the event's own instant: both are their transaction's now(). */
  readonly at?: string;
  /** Columns that are no facts, and why. */
  readonly working?: Readonly<Record<string, string>>;
};
