import type { PatientView } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { eachReference, referenceReads } from '../reading/reference-elements.ts';
import { targetOf } from '../reading/references.ts';
import { unevaluated, wrong } from '../say.ts';

type State = { readonly view: Omit<PatientView, 'entries'>; readonly said: Said[] };
type Answer = 'found' | 'dangling' | 'unknown';

const contained = (fields: Readonly<Record<string, unknown>>, id: string): boolean =>
  id === '' || ((fields['contained'] as readonly { id?: string }[] | undefined)?.some((one) => one.id === id) ?? false);

function answer(view: State['view'], fields: Readonly<Record<string, unknown>>, reference: string): Answer {
  // As nearly every reference is: it need not be taken apart.
  if (view.reference(reference) === 'landed') return 'found';
  const target = targetOf(reference);
  if (target.kind === 'contained') return contained(fields, target.id) ? 'found' : 'dangling';
  // A transaction's own names mean nothing outside it: http://hl7.org/fhir/R4/bundle.html#references
  if (reference.startsWith('urn:uuid:') || reference.startsWith('urn:oid:')) return 'dangling';
  return answerOf(view, target.kind === 'relative' ? target.key : reference);
}

function answerOf(view: State['view'], key: string): Answer {
  const fact = view.reference(key);
  return fact === 'landed' ? 'found' : fact === 'absent-at-source' ? 'dangling' : 'unknown';
}

export const referenceDangling = patientRule<State>({
  id: 'reference-dangling', version: 1, category: 'relational conformance', owner: 'mapping',
  title: 'A reference to nothing', why: 'What the record points to neither landed nor exists at the source, so its context is lost.',
  sources: ['http://hl7.org/fhir/R4/references.html'],
  reads: referenceReads,
  start: (view) => ({ view, said: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    const unknown: string[] = [];
    let cause: string | undefined;
    eachReference(entry.type, entry.fields, (reference, { name }, path) => {
      const found = answer(state.view, entry.fields, reference.reference);
      if (found === 'unknown') {
        unknown.push(path());
        cause ??= name;
      } else if (found === 'dangling') {
        state.said.push(wrong(path(), 'This reference points to nothing: its target neither landed nor exists at the source.', { version: entry.version, cause: name }));
      }
    });
    if (unknown[0] === undefined) return;
    state.said.push(unevaluated(unknown[0], 'The target of a reference has not landed and the source was not asked for it, or only its own server can resolve it.',
      { version: entry.version, cause: cause ?? entry.type, evidence: unknown.slice(1).map((expression) => ({ expression, role: 'context' as const })) }));
  },
  end: (state) => state.said,
});
