import type { Reconciliation } from '../../storage/reconciliation.ts';
import { sum } from '../../storage/reconciliation.ts';

const number = (n: number, width = 0): string => n.toLocaleString('en').padStart(width);

/** The reconciliation (contract 10) as lines for a person. */
export function runTable({ received, became, purposes, balances }: Reconciliation): string[] {
  const rows = purposes.map((one) => [one.purpose, ...[one.released, one.held, one.excluded, one.superseded].map((n) => number(n))]);
  const head = ['purpose', 'released', 'held', 'kept out', 'superseded'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('   ')}`;
  return [
    `received ${number(sum(received))}: exported ${number(received.exported)}, fetched by reference ${number(received.hydrated)}, deletions ${number(received.deletions)}, skipped ${number(received.skipped)}`,
    `became   ${number(sum(became))}: landed ${number(became.landed)}, unchanged ${number(became.unchanged)}, quarantined ${number(became.quarantined)}, `
      + `deletions applied ${number(became.deletionsApplied)}, of unknown ids ${number(became.deletionsUnknown)}, skipped ${number(became.skipped)}`,
    '',
    line(head), ...rows.map(line),
    '',
    balances ? 'It balances: nothing is lost and nothing is counted twice.' : 'It does not balance (yet): see `assay runs` for the run’s state.',
  ];
}
