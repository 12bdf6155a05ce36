import type { Patient } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { jaroWinkler } from '../reading/jaro-winkler.ts';
import { day, moment } from '../reading/moments.ts';
import { personIn } from '../reading/note-person.ts';
import { noteOf } from '../reading/note-text.ts';
import { nameKind, plainName } from '../reading/placeholders.ts';
import { wrong } from '../say.ts';

type Person = { readonly names: readonly string[]; readonly born: { from: number; to: number } | undefined; readonly birthDate: string | undefined; readonly sex: string | undefined; readonly version: string };
type Note = { readonly version: string; readonly type: string; readonly at: number | undefined; readonly person: ReturnType<typeof personIn> };
type State = { readonly patient: string; person: Person | undefined; readonly notes: Note[] };

const year = 365.2425 * day;

function differences(person: Person, { at, person: told }: Note): readonly string[] {
  const found: string[] = [];
  // A married name, a nickname or a middle name agrees in one part at least.
  if (told.name !== undefined && person.names.length > 0
    && !told.name.some((part) => person.names.some((name) => jaroWinkler(part, name) >= 0.88))) found.push('name');
  else if (told.called !== undefined && person.names.length > 0
    && !told.called.some((part) => person.names.some((name) => jaroWinkler(part, name) >= 0.88))) found.push('name');
  const birthDate = person.birthDate ?? '';
  if (told.birthDates !== undefined && birthDate.length === 10 && !told.birthDates.some((date) => (date.startsWith('??') ? date.slice(2) === birthDate.slice(2) : date === birthDate))) found.push('birth date');
  if (told.sex !== undefined && (person.sex === 'female' || person.sex === 'male') && told.sex !== person.sex) found.push('sex');
  if (told.age !== undefined && person.born !== undefined && at !== undefined
    && (told.age > (at - person.born.from) / year + 1.1 || told.age < (at - person.born.to) / year - 2.1)) found.push('age');
  return found;
}

// At patient scope, though the catalogue says population: who a note is about is told by the patient alone. Text that two patients' notes share is note-shared-text's.
export const noteOtherPatient = patientRule<State>({
  id: 'note-other-patient', version: 6, category: 'relational conformance', owner: 'documentation', kind: 'judge',
  title: 'A note about somebody else', why: 'Two patients are in danger: one has a stranger’s history, the other lacks their own.',
  sources: ['ECRI, Patient Identification Errors (wrong-chart documentation)', 'Joint Commission NPSG.01.01.01 (two identifiers)'],
  reads: { Patient: ['name', 'birthDate', 'gender'], DocumentReference: ['content', 'date', 'context', 'status'], Composition: ['section', 'date', 'status'] },
  start: (view) => ({ patient: view.patient, person: undefined, notes: [] }),
  step(state, entry) {
    if (entry.type === 'Patient') {
      if (entry.id !== state.patient) return;
      const patient = entry.fields as Partial<Patient>;
      const real = (patient.name ?? []).filter((name) => nameKind(name) === 'real');
      state.person = { version: entry.version, birthDate: patient.birthDate, born: moment(patient.birthDate), sex: patient.gender,
        names: real.flatMap((name) => [...(name.given ?? []), name.family ?? '']).map(plainName).filter((name) => name !== '') };
      return;
    }
    if (entry.place !== 'compartment' || entry.fields['status'] === 'entered-in-error') return;
    const note = noteOf(entry);
    if (note === undefined) return;
    const person = personIn(note.text);
    if (Object.keys(person).length > 0) state.notes.push({ version: entry.version, type: entry.type, at: moment(entry.time)?.from, person });
  },
  end: ({ person, notes }) => (person === undefined ? [] : notes.flatMap((note): Said[] => {
    const found = differences(person, note);
    return found.length === 0 ? [] : [wrong(note.type === 'Composition' ? 'Composition.section' : 'DocumentReference.content',
      'What this note says of the patient’s name, sex, age or birth date is not this patient’s; it may be about somebody else.', {
        version: note.version, code: 'conflict', cause: found.join(' and '),
        evidence: found.map((what) => ({ version: person.version, expression: { name: 'Patient.name', sex: 'Patient.gender' }[what] ?? 'Patient.birthDate', role: 'against' as const })) })];
  })),
});
