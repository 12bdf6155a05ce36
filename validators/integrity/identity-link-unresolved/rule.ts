import type { Patient } from '@medplum/fhirtypes';
import type { PatientView } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { keyOf } from '../reading/references.ts';
import { unevaluated, wrong } from '../say.ts';

type State = { readonly view: Omit<PatientView, 'entries'>; readonly said: Said[] };

export const identityLinkUnresolved = patientRule<State>({
  id: 'identity-link-unresolved', version: 1, category: 'relational conformance', owner: 'identity', kind: 'judge',
  title: 'A link to a patient who is not there', why: 'Half of a merged or linked record is missing, so the chart is not whole.',
  sources: ['http://hl7.org/fhir/R4/patient-definitions.html#Patient.link'],
  reads: { Patient: ['link'] },
  start: (view) => ({ view, said: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    (entry.fields as Partial<Patient>).link?.forEach((link, index) => {
      const key = keyOf(link.other);
      const path = `Patient.link[${index}].other`;
      const fact = key === undefined ? 'not-asked' : state.view.reference(key);
      if (fact === 'landed') return;
      const about = { version: entry.version };
      if (fact === 'absent-at-source') state.said.push(wrong(path, 'The patient that this record is linked to neither landed nor exists at the source.', about));
      else state.said.push(unevaluated(path, 'The linked patient has not landed and the source was not asked.', about));
    });
  },
  end: (state) => state.said,
});
