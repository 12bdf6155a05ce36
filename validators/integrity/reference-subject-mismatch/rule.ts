import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterReads, encounterRefs, subjectOf } from '../reading/encounter-of.ts';
import { livesFold, type Lives } from '../templates/linked-lives.ts';
import { wrong } from '../say.ts';

type Waiting = { readonly version: string; readonly subject: string; readonly expression: string; readonly time: string };
type State = { readonly lives: Lives; readonly encounters: Map<string, { subject: string; version: string }>; readonly waiting: Map<string, Waiting[]>; readonly said: Said[] };

export const referenceSubjectMismatch = patientRule<State>({
  id: 'reference-subject-mismatch', version: 3, category: 'relational conformance', owner: 'identity',
  title: 'Another patient’s encounter', why: 'The record was probably filed with the wrong patient: it must be seen before anybody relies on it.',
  sources: ['http://hl7.org/fhir/R4/encounter.html', 'AHIMA, Managing the Integrity of Patient Identity in Health Information Exchange'],
  reads: { ...encounterReads, ...livesFold.reads, Encounter: ['subject', 'period'] },
  start: () => ({ lives: livesFold.start(), encounters: new Map(), waiting: new Map(), said: [] }),
  step(state, entry) {
    livesFold.step(state.lives, entry);
    const subject = subjectOf(entry);
    if (subject === undefined) return;
    if (entry.type === 'Encounter') {
      const encounter = { subject, version: entry.version };
      state.encounters.set(entry.id, encounter);
      for (const waiting of state.waiting.get(entry.id) ?? []) compare(state, encounter, waiting);
      state.waiting.delete(entry.id);
      return;
    }
    for (const { id, expression } of encounterRefs(entry)) {
      const encounter = state.encounters.get(id);
      if (encounter?.subject === subject) continue;
      const waiting = { version: entry.version, subject, expression: expression(), time: entry.time };
      if (encounter !== undefined) compare(state, encounter, waiting);
      else state.waiting.set(id, [...(state.waiting.get(id) ?? []), waiting]);
    }
  },
  end: (state) => state.said,
});

function compare(state: State, encounter: { subject: string; version: string }, waiting: Waiting): void {
  if (encounter.subject === waiting.subject || state.lives.linked(encounter.subject, waiting.subject, waiting.time)) return;
  state.said.push(wrong(waiting.expression, 'This record’s patient is not the patient of the encounter it names; it may be filed with the wrong patient.', {
    version: waiting.version, cause: 'subject differs from the encounter’s', code: 'conflict',
    evidence: [{ version: encounter.version, expression: 'Encounter.subject', role: 'against' }] }));
}
