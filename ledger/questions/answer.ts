/** A cell of an answer: what a table on screen, a CSV file and a JSON line can all show. */
export type Cell = string | number | boolean | null;

/** An answer to a question of governance's: rows with named columns, in words, and what proves it. */
export type Answer<Row extends Readonly<Record<string, Cell>> = Readonly<Record<string, Cell>>> = {
  /** What was asked, as a sentence. */
  readonly asks: string;
  /** Column → what it says. */
  readonly columns: Readonly<Record<keyof Row & string, string>>;
  readonly rows: readonly Row[];
  /** What the answer leaves out, and why. Sentences. */
  readonly leavesOut: readonly string[];
};

/** A patient at a source. */
export type PatientKey = { readonly source: number; readonly patient: string };
