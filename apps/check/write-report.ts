import { noTotals, type Piece, type Totals } from './check.ts';
import type { Report } from './report.ts';

export type ReportWriter = {
  add(piece: Piece): Promise<void>;
  /** To be called once, behind the last piece. */
  end(): Promise<Totals>;
};

/** Puts the pieces of a report together, in the order they come; nothing is kept but what the end needs. */
export const writeReport = (report: Report, write: (some: string | Uint8Array) => Promise<void>): ReportWriter => {
  const totals = noTotals();
  const rules = new Set<string>();
  let file: string | undefined;
  let before = report.start;
  let after = '';
  let first = true;
  return {
    async add(piece) {
      totals.resources += piece.totals.resources;
      totals.withErrors += piece.totals.withErrors;
      for (const severity of Object.keys(totals.issues) as (keyof Totals['issues'])[]) totals.issues[severity] += piece.totals.issues[severity];
      for (const rule of piece.rules) rules.add(rule);
      if (piece.text.length === 0) return;
      if (piece.file !== file) {
        const [opens, closes] = report.around(piece.file);
        before += after + opens;
        [file, after] = [piece.file, closes];
      }
      if (!first) before += report.between;
      if (before !== '') await write(before);
      await write(piece.text);
      [before, first] = ['', false];
    },
    async end() {
      await write(before + after + report.end(rules));
      return totals;
    },
  };
};
