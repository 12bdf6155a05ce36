import type { Change, Chart, Defect, Form } from './defect.ts';
import { reworded, wordsOf } from './note-words.ts';
import { copyOf, daysOn, textAt, type JsonObject } from './touch.ts';

/** A later note of another encounter, made from one that is there. */
const form = (because: string, change: (text: string) => string, more: (later: JsonObject, note: JsonObject) => unknown = () => true): Form => ({
  type: 'DocumentReference', because,
  plant(note, chart: Chart): readonly Change[] | undefined {
    const date = textAt(note, 'date');
    // Long enough, and of the coded population, whose notes are each their own.
    if (textAt(note, 'docStatus') !== 'final' || date === undefined || wordsOf(note).split(/\s+/).length < 90 || wordsOf(note).includes('<html>')) return undefined;
    const later = copyOf(note), on = '2026-03-03T10:00:00Z';
    Object.assign(later, { id: chart.random.id(), date: on, context: { encounter: [{ reference: `Encounter/${chart.random.id()}` }], period: { start: on, end: daysOn(on, 0.1) } } });
    const changed = reworded(later, (text) => change(`${text}\nSeen again today.`));
    if (changed === undefined || more(changed, note) === false) return undefined;
    return [{ how: 'add', resource: changed, carries: true }];
  },
});
const sentences = (text: string, keep: (index: number) => boolean): string => text.split(/(?<=[.\n])/).map((one, index) => (keep(index) ? one : `Line ${index} says today something that was never said before on any day. `)).join('');

export const noteCopyForward: Defect = {
  rule: 'note-copy-forward', apart: true, hidden: true,
  forms: [
    form('The whole note was carried forward.', (text) => text), form('All but a sentence was carried forward.', (text) => text.replace('Seen again today.', 'Feels better since the last visit and sleeps well again.')), form('Carried forward, in capitals.', (text) => text.toUpperCase().replace(/^# (.*)$/gm, (line) => line)),
    form('Carried forward behind a new line for each visit.', (text) => `Follow-up by telephone, patient recognised by name and birth date before the call.\n${text}`),
  ],
  nearMisses: [
    form('Only every fourth line is the same.', (text) => sentences(text, (index) => index % 4 === 0)), form('A second note of the same encounter.', (text) => text, (later, note) => { later['context'] = note['context'] ?? {}; later['date'] = daysOn(String(note['date']), 0.2); }),
    form('A few words.', () => 'Follow-up visit, continues the present treatment.'),
  ],
};
