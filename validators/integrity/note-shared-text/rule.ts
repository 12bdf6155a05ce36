import { populationRule } from '../population-rule.ts';
import { wrong } from '../say.ts';

/** A note of the two. `since`: when a note of its patient first had the text, ms; NaN where none says. `told`: how many of its windows few patients' notes have; what more have is a template. */
export type SharedNote = { readonly version: string; readonly type: string; readonly since: number; readonly told: number };
/** Notes of two patients with windows of words in common that few others have. `linked`: the patients are, or one family shares the account. */
export type SharedTextCandidate = { readonly one: SharedNote; readonly other: SharedNote; readonly shared: number; readonly linked: boolean };

/** `patients`: a window that more patients' notes have is a template; `least`: windows in common, each standing for eight; `share`: of what the note tells. */
export const bounds = { patients: 3, least: 6, share: 0.5 };

const place = ({ type }: SharedNote): string => (type === 'Composition' ? 'Composition.section' : 'DocumentReference.content');

/** The note of the patient whose chart had the text later; both where nobody can tell. */
function copies(one: SharedNote, other: SharedNote): readonly (readonly [copy: SharedNote, original: SharedNote])[] {
  return one.since > other.since ? [[one, other]] : one.since < other.since ? [[other, one]] : [[one, other], [other, one]];
}

export const noteSharedText = populationRule<SharedTextCandidate>({
  id: 'note-shared-text', version: 3, category: 'atemporal plausibility', owner: 'documentation', kind: 'judge',
  title: 'One text in two patients’ notes', why: 'A note copied into the wrong chart gives one patient a stranger’s history.',
  sources: ['ECRI, Patient Identification Errors (wrong-chart documentation)', 'AHIMA, Appropriate Use of the Copy and Paste Functionality', 'Broder, On the resemblance and containment of documents, 1997 (windows of words, of which some are kept)'],
  parameters: { schema: { type: 'object', properties: { patients: { type: 'integer', minimum: 2 }, least: { type: 'integer', minimum: 1 }, share: { type: 'number' } }, required: ['patients', 'least', 'share'] }, defaults: bounds },
  reads: { DocumentReference: ['content', 'date', 'status'], Composition: ['section', 'date', 'status'] },
  judge: ({ one, other, shared, linked }) => (linked || shared < bounds.least ? [] : copies(one, other).filter(([copy]) => shared >= copy.told * bounds.share).map(([copy, original]) =>
    wrong(place(copy), 'Most of what this note says stands word for word in another patient’s note, and in few others; it may be in the wrong chart.',
      { version: copy.version, code: 'conflict', evidence: [{ version: original.version, expression: place(original), role: 'against' }] }))),
});
