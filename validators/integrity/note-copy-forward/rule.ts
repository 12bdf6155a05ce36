import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { moment } from '../reading/moments.ts';
import { noteOf, type Note } from '../reading/note-text.ts';
import { wrong } from '../say.ts';

type State = { windows: Set<number>; older: Set<number>; readonly encounters: Set<string>; last: number; readonly said: Said[] };

const width = 10;
const bounds = { share: 0.5, section: 0.9, words: 30 };
// Of a patient's earlier notes so many windows are remembered; then the older half goes. A number takes some 40 bytes in a Set.
const remembered = 200_000;
// A copied history is a habit; a copied examination or plan claims work that was not done.
const ofToday = new Set(['exam', 'plan', 'assessment']);

// FNV-1a: of a word by its characters, of a window by its words.
function hashOf(word: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) h = Math.imul(h ^ word.charCodeAt(at), 0x01000193);
  return h;
}
function windowAt(words: readonly number[], at: number): number {
  let h = 0x811c9dc5;
  for (let index = at; index < at + width; index++) h = Math.imul(h ^ (words[index] ?? 0), 0x01000193) ^ (h >>> 15);
  return h;
}

/** Windows of the whole note and of its sections of today. */
function windowsOf(note: Note): { readonly all: number[]; readonly today: number[] } {
  const all: number[] = [];
  const today: number[] = [];
  let words: number[] = [];
  let section = note.sentences[0]?.section;
  const close = (): void => {
    for (let at = 0; at + width <= words.length; at++) {
      const window = windowAt(words, at);
      all.push(window);
      if (section !== undefined && ofToday.has(section)) today.push(window);
    }
    words = [];
  };
  for (const sentence of note.sentences) {
    if (sentence.section !== section) close();
    section = sentence.section;
    for (const word of sentence.words) words.push(hashOf(word));
  }
  close();
  return { all, today };
}

export const noteCopyForward = patientRule<State>({
  id: 'note-copy-forward', version: 6, category: 'atemporal plausibility', owner: 'documentation', kind: 'judge',
  title: 'Copied from earlier notes', why: 'Old findings look new, errors live on, and readers can no longer see what was found today.',
  variants: { contradicted: 'A copied examination or plan of an earlier encounter' },
  sources: ['Steinkamp et al., JAMA Netw Open 2022;5:e2233348 (half of all text is duplicated)', 'AHIMA, Appropriate Use of the Copy and Paste Functionality'],
  parameters: { schema: { type: 'object', properties: { share: { type: 'number' }, section: { type: 'number' }, words: { type: 'integer' } }, required: ['share', 'section', 'words'] }, defaults: bounds },
  reads: { DocumentReference: ['content', 'context', 'date', 'status'], Composition: ['section', 'encounter', 'date', 'status'] },
  start: () => ({ windows: new Set(), older: new Set(), encounters: new Set(), last: -Infinity, said: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment' || entry.fields['status'] === 'entered-in-error') return;
    const note = noteOf(entry);
    const at = moment(entry.time)?.from;
    if (note === undefined || at === undefined) return;
    const { all, today } = windowsOf(note);
    const copied = (windows: readonly number[]): number => windows.reduce((sum, window) => (state.windows.has(window) || state.older.has(window) ? sum + 1 : sum), 0) / windows.length;
    const encounter = encounterOf(entry);
    // A second copy of one document, or a note of the same encounter, is not carried forward.
    const later = at > state.last && (encounter === undefined || !state.encounters.has(encounter));
    const place = entry.type === 'Composition' ? 'Composition.section' : 'DocumentReference.content';
    if (later && note.wordCount >= bounds.words && all.length > 0 && copied(all) > bounds.share) {
      const stale = today.length >= 15 && copied(today) >= bounds.section;
      state.said.push(wrong(place, stale ? 'The examination or the plan of this note is word for word that of an earlier encounter.' : 'More than half of this note’s text stands in the patient’s earlier notes.',
        { version: entry.version, cause: stale ? 'examination or plan' : 'share of the text', ...(stale ? { variant: 'contradicted' } : {}) }));
    }
    if (state.windows.size > remembered / 2) [state.older, state.windows] = [state.windows, new Set()];
    for (const window of all) state.windows.add(window);
    if (encounter !== undefined) state.encounters.add(encounter);
    state.last = at;
  },
  end: (state) => state.said,
});
