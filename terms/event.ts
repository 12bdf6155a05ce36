/**
 * Every fact writes an event in its own transaction (contract 23). Landed, assessed and released
 * are one event a chunk, with the root over its rows' keyed hashes; a person's act is one event.
 */
export type EventKind = 'landed' | 'joined' | 'assessed' | 'released' | 'retracted' | 'case-moved' | 'decided' | 'waived' | 'reversed'
  | 'acknowledged' | 'run-closed' | 'source-changed' | 'policy-changed' | 'model-changed' | 'role-changed'
  | 'record-viewed' | 'export-made' | 'range-consumed' | 'destroyed'
  | 'consumer-described' | 'accounting-suspended' | 'amendment' | 'legal-hold' | 'retention-set' | 'escalated'
  /** The ledger's own: the root over all chain heads (the last leaf of each checkpoint), its keys, a restored backup. */
  | 'chain-heads' | 'ledger-key' | 'ledger-restored'
  /** Which rows there were before events covered them: written by a migration. */
  | 'baseline';

/** Ids, counts and hashes only: nothing in a body is PHI. `by` is the person whose act it is, `consumer` a consumer's number. */
export type EventBody = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

/** A value as it enters a row's canonical bytes (ledger/verify/fact-table.ts says how each column is written). */
export type RowValue = string | number | boolean | null | readonly RowValue[];

/** A row of a fact table that an event covers, hashed under its patient's key (or its source's where there is no patient). */
export type CoveredRow = {
  readonly table: string;
  /** The row's key. */
  readonly id: string | number;
  /** null: the row is about nobody, and is hashed without a key. */
  readonly source: number | null;
  /** Logical id of the patient; '' where there is none. */
  readonly patient: string;
  /** By column name; what the table's list in ledger/verify/fact-tables.ts names. */
  readonly row: Readonly<Record<string, RowValue>>;
};
