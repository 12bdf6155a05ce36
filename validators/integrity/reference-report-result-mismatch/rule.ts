import type { DiagnosticReport, Patient } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { subjectOf } from '../reading/encounter-of.ts';
import { idOf } from '../reading/references.ts';
import { wrong } from '../say.ts';

type Named = { readonly version: string; readonly subject: string; readonly result: string; readonly index: number };
type Observed = { readonly id: string; readonly subject: string; readonly version: string };
/** Results come before their reports as often as after: reports wait until the end, results are kept as ids. */
type State = { readonly results: Observed[]; readonly named: Named[]; readonly subjects: Set<string>; readonly links: Set<string> };

export const referenceReportResultMismatch = patientRule<State>({
  id: 'reference-report-result-mismatch', version: 3, category: 'relational conformance', owner: 'identity',
  title: 'A report with another patient’s result', why: 'One patient is diagnosed from another’s specimen.',
  sources: ['http://hl7.org/fhir/R4/diagnosticreport-definitions.html#DiagnosticReport.result'],
  reads: { Patient: ['link'], Observation: ['subject'], DiagnosticReport: ['subject', 'result'] },
  start: () => ({ results: [], named: [], subjects: new Set(), links: new Set() }),
  step(state, entry) {
    if (entry.type === 'Patient') {
      for (const { other } of (entry.fields as Partial<Patient>).link ?? []) state.links.add(`${entry.id} ${idOf(other, 'Patient')}`);
      return;
    }
    const subject = subjectOf(entry);
    if (subject === undefined) return;
    state.subjects.add(subject);
    if (entry.type === 'Observation') {
      state.results.push({ id: entry.id, subject, version: entry.version });
      return;
    }
    (entry.fields as Partial<DiagnosticReport>).result?.forEach((reference, index) => {
      const result = idOf(reference, 'Observation');
      if (result !== undefined) state.named.push({ version: entry.version, subject, result, index });
    });
  },
  end({ results, named, subjects, links }) {
    // All of one subject: nothing can differ.
    if (subjects.size < 2) return [];
    const byId = new Map(results.map((one) => [one.id, one]));
    return named.flatMap(({ version, subject, result, index }): Said[] => {
      const observed = byId.get(result);
      return observed === undefined || observed.subject === subject
        // Records that the source links are one person's.
        || links.has(`${subject} ${observed.subject}`) || links.has(`${observed.subject} ${subject}`) ? []
        : [wrong(`DiagnosticReport.result[${index}]`, 'This report names a result of another patient; find out whose both are.',
          { version, code: 'conflict', cause: 'subject differs from the result’s', evidence: [{ version: observed.version, expression: 'Observation.subject', role: 'against' }] })];
    });
  },
});
