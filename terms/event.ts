/**
 * Every fact writes an event in its own transaction (contract 23). Landed, assessed and released
 * are one event a chunk, with the root over its rows' keyed hashes; a person's act is one event.
 */
export type EventKind = 'landed' | 'assessed' | 'released' | 'retracted' | 'case-moved' | 'decided' | 'waived' | 'reversed'
  | 'acknowledged' | 'run-closed' | 'source-changed' | 'policy-changed' | 'model-changed' | 'role-changed'
  | 'record-viewed' | 'export-made' | 'range-consumed' | 'destroyed';

/** Ids, counts and hashes only: nothing in a body is PHI. */
export type EventBody = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

/** A row that an event covers, hashed under its patient's key (or its source's where there is no patient). */
export type CoveredRow = {
  readonly source: number;
  /** Logical id of the patient; '' where there is none. */
  readonly patient: string;
  readonly row: EventBody;
};
