import type { Change, Chart, Defect, Form } from './defect.ts';
import { listAt, textAt, type JsonObject } from './touch.ts';

function strangersResult(report: JsonObject, { store, random, resolve }: Chart): string | undefined {
  const all = [...store.current('Observation')];
  const one = all[random.below(all.length)];
  const found = one && resolve(`Observation/${one.id}`);
  return found !== undefined && textAt(found, 'subject', 'reference') !== textAt(report, 'subject', 'reference') && textAt(found, 'subject', 'reference') !== undefined ? `Observation/${one?.id ?? ''}` : undefined;
}
const form = (because: string, change: (report: JsonObject, stranger: string) => unknown): Form => ({
  type: 'DiagnosticReport', because,
  plant(report, chart): readonly Change[] | undefined {
    const stranger = strangersResult(report, chart);
    if (stranger === undefined || listAt(report, 'result').length === 0 || change(report, stranger) === false) return undefined;
    return [{ how: 'amend', resource: report, carries: true }];
  },
});

export const referenceReportResultMismatch: Defect = {
  rule: 'reference-report-result-mismatch',
  forms: [
    form('Its first result is another patient’s.', (report, stranger) => { report['result'] = [{ reference: stranger }, ...listAt(report, 'result').slice(1)]; }), form('A result of another patient was added.', (report, stranger) => { report['result'] = [...listAt(report, 'result'), { reference: stranger }]; }),
    form('All its results are another patient’s.', (report, stranger) => { report['result'] = [{ reference: stranger, display: 'Result' }]; }), form('A version of another patient’s result.', (report, stranger) => { report['result'] = [...listAt(report, 'result'), { reference: `${stranger}/_history/1` }]; }),
  ],
  nearMisses: [form('A result twice.', (report) => { report['result'] = [...listAt(report, 'result'), ...listAt(report, 'result')]; }), form('A result without a reference.', (report) => { report['result'] = [...listAt(report, 'result'), { display: 'pending' }]; })],
};
