import type { Answer, Cell } from './answer.ts';

/** RFC 4180, with the columns' words as its header. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function asCsv({ columns, rows }: Answer): string {
  const names = Object.keys(columns);
  const line = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\r\n`;
  return line(Object.values(columns)) + rows.map((row) => line(names.map((name) => row[name] ?? null))).join('');
}

function quoted(cell: Cell): string {
  const text = cell === null ? '' : `${cell}`;
  const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const asNdjson = ({ rows }: Answer): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** For a terminal: the columns as wide as they need to be. */
export function asTable({ columns, rows, leavesOut }: Answer): string[] {
  const names = Object.keys(columns);
  const cell = (value: Cell | undefined): string => value === null || value === undefined ? '' : `${value}`;
  const widths = names.map((name) => Math.min(48, Math.max(columns[name]?.length ?? 0, ...rows.slice(0, 500).map((row) => cell(row[name]).length))));
  const line = (cells: readonly string[]): string => cells.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ').trimEnd();
  return [line(Object.values(columns)), ...rows.map((row) => line(names.map((name) => cell(row[name])))), '', `${rows.length} row${rows.length === 1 ? '' : 's'}`, ...leavesOut];
}
