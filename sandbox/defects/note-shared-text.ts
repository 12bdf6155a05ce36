import type { Change, Chart, Defect, Form } from './defect.ts';
import { reworded, withSection, wordsOf } from './note-words.ts';
import { copyOf, listAt, textAt, type JsonObject } from './touch.ts';

// Words of a story that nobody else tells.
const vocabulary = ('garden bicycle kitchen ladder morning harbour orchestra market bridge letter window river carpenter violin lantern station meadow basket teacher ferry '
  + 'walked carried painted slipped climbed waited arrived mended planted counted slowly often yesterday quietly twice again early nearby upstairs outside').split(' ');
const story = (chart: Chart, words: number): string => Array.from({ length: words }, () => vocabulary[chart.random.below(vocabulary.length)] ?? '').join(' ');

const about = (note: JsonObject, patient: string): JsonObject => ({ ...copyOf(note), subject: { reference: `Patient/${patient}` } });
/** The day after, so that it is plain which of the two is the copy. */
const later = (note: JsonObject): string | undefined => { const at = Date.parse(textAt(note, 'date') ?? ''); return Number.isNaN(at) ? undefined : new Date(at + 86_400_000).toISOString(); };
const others = (chart: Chart, note: JsonObject, count: number): readonly string[] => {
  const own = textAt(note, 'subject', 'reference');
  const able = chart.patients.filter((id) => `Patient/${id}` !== own);
  const from = chart.random.below(Math.max(1, able.length - count));
  return able.slice(from, from + count);
};

/** A note gets a story, and a note of another patient gets it too, somehow. */
const copied = (because: string, change: (text: string, told: string, chart: Chart) => string, more: (chart: Chart, owner: string, other: string) => readonly Change[] = () => [], patients = 1): Form => ({
  type: 'DocumentReference', because,
  plant(note, chart) {
    const date = later(note), owner = textAt(note, 'subject', 'reference'), told = story(chart, 150);
    const [before, plain] = [copyOf(note), wordsOf(note)];
    const original = reworded(note, withSection('Story', told));
    const receivers = others(chart, note, patients);
    if (date === undefined || owner === undefined || original === undefined || receivers.length < patients) return undefined;
    const copies = receivers.map((patient): Change => {
      const other = reworded(about(before, patient), () => change(plain, told, chart));
      const { context: _, ...rest } = other ?? {};
      return { how: 'add', carries: true, resource: { ...rest, id: chart.random.id(), date } };
    });
    return [{ how: 'amend', resource: original }, ...copies, ...more(chart, owner, receivers[0] ?? '')];
  },
});

const linkedTo = (chart: Chart, owner: string, other: string): readonly Change[] => {
  const patient = chart.resolve(`Patient/${other}`);
  return patient === undefined ? [] : [{ how: 'amend', resource: { ...patient, link: [...listAt(patient, 'link'), { other: { reference: owner }, type: 'seealso' }] } }];
};

export const noteSharedText: Defect = {
  rule: 'note-shared-text', hidden: true,
  forms: [
    copied('The whole note in another patient’s chart.', (text, told) => withSection('Story', told)(text)),
    copied('Its story alone.', (_text, told) => `Story: ${told}`),
    copied('Its story before some words of the other patient’s own.', (_text, told, chart) => `Story: ${told}\nToday: ${story(chart, 60)}`),
    copied('Its story in capitals, other punctuation.', (_text, told) => `STORY\n${told.toUpperCase().replace(/ /g, '  ')}`),
  ],
  nearMisses: [
    copied('Three lines of it.', (_text, told, chart) => `Story: ${told.split(' ').slice(0, 28).join(' ')}\nToday: ${story(chart, 150)}`),
    copied('A small part of a long note.', (_text, told, chart) => `Story: ${told.split(' ').slice(0, 70).join(' ')}\nToday: ${story(chart, 260)}`),
    copied('A story of its own.', (_text, _told, chart) => `Story: ${story(chart, 150)}`),
    copied('Two linked records.', (_text, told) => `Story: ${told}`, linkedTo),
    copied('What a department writes of every patient.', (_text, told) => `Story: ${told}`, undefined, 4),
  ],
};
