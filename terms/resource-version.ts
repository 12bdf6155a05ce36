/** Names a resource at a source. `id` is the FHIR logical id. */
export type ResourceKey = { readonly source: string; readonly type: string; readonly id: string };

/**
 * Immutable: the bytes as received, named by SHA-256 (contracts 1–3). `ordinal` counts the versions
 * of one resource in the order they landed; the order of versions is `meta.lastUpdated`, then the
 * numeric versionId, then the source's transactionTime, then (run, file, line).
 */
export type ResourceVersion = ResourceKey & {
  /** storage's version.id, as text. */
  readonly version: string;
  readonly ordinal: number;
  /** A deletion is a version without bytes. */
  readonly deletion: boolean;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly hash: string;
  readonly versionId?: string;
  /** meta.lastUpdated as given, an instant. */
  readonly lastUpdated?: string;
  readonly run: string;
  readonly file: string;
  /** 1-based line of an NDJSON file, or entry of a Bundle. */
  readonly line: number;
};

/** One thing a source gave: a line of NDJSON, or the exact slice of a Bundle's entry.resource. */
export type SourceItem = {
  /** 1-based line or entry. */
  readonly line: number;
  /** Byte offset after this item, in the decoded file: where a restart goes on. */
  readonly nextOffset: number;
  readonly bytes: Uint8Array;
  /** Set when the source said that this entry is no match (an OperationOutcome, an `include` nobody asked for). */
  readonly skip?: string;
  /** Set when the entry reports a deletion (history, `deleted[]`): `Type/id`. */
  readonly deleted?: { readonly type: string; readonly id: string; readonly lastModified?: string };
};
