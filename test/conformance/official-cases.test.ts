import { describe, expect, it } from 'vitest';
import { defaultCacheDir } from '../../packages/load.ts';
import { haveCases, runCases, type CaseRun } from './official-cases.ts';
import { normal } from './oracle-compare.ts';

const isError = (severity: string): boolean => severity === 'error' || severity === 'fatal';

/** What is not evaluated counts where the outcome has it and is left out where it does not: it claims nothing. */
const score = (run: CaseRun) => {
  const key = (severity: string, code: string, expression: string | undefined): string => `${severity} ${code} ${normal(expression)}`;
  const wanted = new Set(run.expected.map((i) => key(i.severity, i.code, i.expression?.[0])));
  const found = new Set(run.found.flatMap((f) => { const k = key(f.severity, f.code, f.expression); return f.unevaluated && !wanted.has(k) ? [] : [k]; }));
  const both = [...found].filter((k) => wanted.has(k)).length;
  return {
    agree: run.expected.some((i) => isError(i.severity)) === run.found.some((f) => isError(f.severity) && !f.unevaluated),
    both, extra: found.size - both, missed: wanted.size - both,
  };
};

describe.skipIf(!haveCases)('the official validator cases (../shared/conformance/fhir-validator)', () => {
  it('agrees on error or none in 99% of all runs, with a precision of 0.95 and a recall of 0.92', async () => {
    const runs = await runCases(process.env['ASSAY_CACHE'] ?? defaultCacheDir());
    const table = new Map<string, { runs: number; agree: number; both: number; extra: number; missed: number }>();
    const disagree: string[] = [];
    for (const run of runs) {
      const s = score(run);
      if (!s.agree) disagree.push(`${run.name} (${run.mode})`);
      for (const name of [run.module, 'all']) {
        const row = table.get(name) ?? { runs: 0, agree: 0, both: 0, extra: 0, missed: 0 };
        table.set(name, { runs: row.runs + 1, agree: row.agree + Number(s.agree), both: row.both + s.both, extra: row.extra + s.extra, missed: row.missed + s.missed });
      }
    }
    console.table(Object.fromEntries(table));
    const all = table.get('all')!;
    console.log(`agreement ${(all.agree / all.runs * 100).toFixed(1)}%, precision ${(all.both / (all.both + all.extra)).toFixed(3)}, recall ${(all.both / (all.both + all.missed)).toFixed(3)}; disagree: ${disagree.join(', ')}`);
    expect(runs.length).toBe(166);
    expect(all.agree / all.runs).toBeGreaterThanOrEqual(0.99);
    expect(all.both / (all.both + all.extra)).toBeGreaterThanOrEqual(0.95);
    expect(all.both / (all.both + all.missed)).toBeGreaterThanOrEqual(0.92);
  }, 300_000);
});
