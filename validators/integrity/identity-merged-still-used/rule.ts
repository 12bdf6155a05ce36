import type { Patient } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterReads, subjectOf } from '../reading/encounter-of.ts';
import { moment } from '../reading/moments.ts';
import { keyOf } from '../reading/references.ts';
import type { PatientView, ViewEntry } from '../../../terms/patient-view.ts';
import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import { mergedReads } from '../reading/merged-reads.ts';
import { wrong } from '../say.ts';

type Used = { readonly version: string; readonly type: string; readonly at: number };
type State = { readonly view: Omit<PatientView, 'entries'>; readonly replaced: Map<string, { version: string; since: number | undefined }>; readonly standing: Set<string>; readonly used: Map<string, Used[]> };

// Written before the merge, a record may well name the old id; the source moves it or does not.
const laterThan = (used: Used, since: number | undefined): boolean => since === undefined || used.at > since;

/** The last time that a record states of itself: a note may be written long after what it is about. */
function latest(entry: ViewEntry): number | undefined {
  let found: number | undefined;
  for (const row of timesOf(entry.type)) {
    const at = moment(timeAt(entry.fields, row))?.from;
    if (at !== undefined && (found === undefined || at > found)) found = at;
  }
  return found;
}

export const identityMergedStillUsed = patientRule<State>({
  id: 'identity-merged-still-used', version: 3, category: 'relational conformance', owner: 'identity', kind: 'judge',
  title: 'A replaced patient is still used', why: 'New records go to a chart that nobody opens any more.',
  sources: ['http://hl7.org/fhir/R4/patient-definitions.html#Patient.link.type (replaced-by)', 'AHIMA, merging duplicate records'],
  reads: mergedReads(encounterReads, Object.fromEntries(Object.keys(encounterReads).map((type) => [type, timeReads[type] ?? []])), { Encounter: ['subject', 'period'], Patient: ['link', 'meta'] }),
  start: (view) => ({ view, replaced: new Map(), standing: new Set(), used: new Map() }),
  step(state, entry) {
    if (entry.type === 'Patient') {
      const patient = entry.fields as Partial<Patient>;
      // A link to nobody is another rule's: who replaced this record is not known.
      if (patient.link?.some((link) => link.type === 'replaced-by' && state.view.reference(keyOf(link.other) ?? '') !== 'absent-at-source') === true) {
        state.replaced.set(entry.id, { version: entry.version, since: moment(patient.meta?.lastUpdated)?.from });
      } else state.standing.add(entry.id);
      return;
    }
    const subject = subjectOf(entry);
    // The patient comes first as a rule: nothing needs to be kept of one who was not replaced.
    if (subject === undefined || state.standing.has(subject)) return;
    const at = latest(entry);
    if (at === undefined) return;
    const used = state.used.get(subject);
    if (used === undefined) state.used.set(subject, [{ version: entry.version, type: entry.type, at }]);
    else used.push({ version: entry.version, type: entry.type, at });
  },
  end: (state) => [...state.replaced].flatMap(([id, { version, since }]): Said[] => (state.used.get(id) ?? []).filter((used) => laterThan(used, since)).map((used) =>
    wrong(`${used.type}.${used.type === 'Claim' || used.type === 'ExplanationOfBenefit' || used.type === 'Immunization' || used.type === 'AllergyIntolerance' ? 'patient' : 'subject'}`,
      'This is about a patient whose record was replaced by another; it belongs in the record that replaced it.',
      { version: used.version, cause: 'replaced patient', evidence: [{ version, expression: 'Patient.link', role: 'against' }] }))),
});
