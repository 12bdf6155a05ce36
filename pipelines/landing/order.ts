/** What orders two versions of one resource (contract 2). Database ids are decimal strings. */
export type Ordered = {
  readonly lastUpdated: Date | null; readonly versionNumber: string | null; readonly transactionTime: Date | null;
  readonly run: string; readonly file: string; readonly line: number;
};

/**
 * Whether `a` is newer than `b`: meta.lastUpdated; then the numeric versionId; then the source's
 * transactionTime; then (run, file, line). A key that one of the two lacks decides nothing.
 */
export function isNewer(a: Ordered, b: Ordered): boolean {
  return (byTime(a.lastUpdated, b.lastUpdated) || byNumber(a.versionNumber, b.versionNumber)
    || byTime(a.transactionTime, b.transactionTime)
    || byNumber(a.run, b.run) || byNumber(a.file, b.file) || a.line - b.line) > 0;
}

const byTime = (a: Date | null, b: Date | null): number => (a === null || b === null ? 0 : a.getTime() - b.getTime());

function byNumber(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0;
  const [left, right] = [BigInt(a), BigInt(b)];
  return left === right ? 0 : left > right ? 1 : -1;
}
