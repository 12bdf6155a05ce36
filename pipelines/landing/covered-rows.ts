import type { CoveredRow } from '../../terms/event.ts';
import { instant } from '../../terms/instant.ts';
import type { FileToLand, NewVersion, ReceivedChunk } from '../../storage/landing.ts';

/** The rows of a chunk as its event covers them: the columns of ledger/verify/fact-tables.ts. */
export const versionRow = (file: FileToLand, version: NewVersion): CoveredRow => ({
  table: 'version', id: version.version, source: file.source, patient: version.patient,
  row: {
    id: version.version, source_id: file.source, type: version.type, logical_id: version.id, ordinal: version.ordinal,
    deletion: version.deletion, hash: version.hash.toString('hex'), size: version.size, version_id: version.versionId,
    version_number: version.versionNumber, last_updated: instant(version.lastUpdated),
    transaction_time: instant(version.transactionTime), run_id: file.run, file_id: file.file, line: version.line, refs: version.refs,
  },
});

export const chunkRow = (file: FileToLand, id: string, came: ReceivedChunk): CoveredRow => ({
  table: 'received_chunk', id, source: file.source, patient: '',
  row: {
    run_id: file.run, file_id: file.file, from_line: came.fromLine, to_line: came.toLine, received: came.received,
    deletions: came.deletions, skipped: came.skipped, unchanged: came.unchanged,
  },
});
