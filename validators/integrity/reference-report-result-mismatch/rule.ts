import type { DiagnosticReport } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { subjectOf } from '../reading/encounter-of.ts';
import { keyOf } from '../reading/references.ts';
import { wrong } from '../say.ts';

type Named = { readonly version: string; readonly subject: string; readonly result: string; readonly path: string };
/** Results come before their reports as often as after: reports wait until the end, results are kept as ids. */
type State = { readonly subjects: Map<string, { subject: string; version: string }>; readonly named: Named[] };

export const referenceReportResultMismatch = patientRule<State>({
  id: 'reference-report-result-mismatch', version: 2, category: 'relational conformance', owner: 'identity',
  title: 'A report with another patient’s result', why: 'One patient is diagnosed from another’s specimen.',
  sources: ['http://hl7.org/fhir/R4/diagnosticreport-definitions.html#DiagnosticReport.result'],
  reads: { Observation: ['subject'], DiagnosticReport: ['subject', 'result'] },
  start: () => ({ subjects: new Map(), named: [] }),
  step(state, entry) {
    const subject = subjectOf(entry);
    if (subject === undefined) return;
    if (entry.type === 'Observation') {
      // Only what is not this patient's can be a mismatch; the report's subject is compared at the end.
      state.subjects.set(`Observation/${entry.id}`, { subject, version: entry.version });
      return;
    }
    (entry.fields as Partial<DiagnosticReport>).result?.forEach((reference, index) => {
      const result = keyOf(reference);
      if (result !== undefined) state.named.push({ version: entry.version, subject, result, path: `DiagnosticReport.result[${index}]` });
    });
  },
  end: (state) => state.named.flatMap(({ version, subject, result, path }): Said[] => {
    const observed = state.subjects.get(result);
    return observed === undefined || observed.subject === subject ? []
      : [wrong(path, 'This report names a result of another patient; find out whose both are.',
        { version, code: 'conflict', cause: 'subject differs from the result’s', evidence: [{ version: observed.version, expression: 'Observation.subject', role: 'against' }] })];
  }),
});
