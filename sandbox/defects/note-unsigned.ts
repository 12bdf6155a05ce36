import { amend, type Change, type Defect, type Form } from './defect.ts';
import { coded, textAt, type JsonObject } from './touch.ts';

const form = (type: string, because: string, change: (note: JsonObject) => unknown): Form => amend(type, because, (note) => textAt(note, 'docStatus') === 'final' || type !== 'DocumentReference' ? change(note) : false);
/** Written by somebody who writes under another's responsibility. */
const junior = (because: string, qualification: string, signed: boolean, alone = true): Form => ({
  type: 'DocumentReference', because,
  plant(note, chart): readonly Change[] | undefined {
    if (textAt(note, 'docStatus') !== 'final' || textAt(note, 'author', 0, 'reference')?.startsWith('Practitioner/') !== true) return undefined;
    const id = chart.random.id(), author = { reference: `Practitioner/${id}` };
    const { authenticator, ...unsigned } = note;
    return [{ how: 'amend', carries: true, resource: { ...unsigned, author: alone ? [author] : [author, (note['author'] as JsonObject[])[0] ?? {}], ...(signed && authenticator !== undefined && { authenticator }) } },
      { how: 'add', resource: { resourceType: 'Practitioner', id, name: [{ family: 'Young', given: ['Ada'] }], qualification: [{ code: { text: qualification } }] } }];
  },
});

export const noteUnsigned: Defect = {
  rule: 'note-unsigned', hidden: true,
  forms: [
    form('DocumentReference', 'Still preliminary after a year.', (note) => { note['docStatus'] = 'preliminary'; delete note['authenticator']; }), form('Composition', 'A document that is still preliminary.', (note) => { note['status'] = 'preliminary'; delete note['attester']; }), junior('A scribe wrote it, and nobody cosigned.', 'Medical scribe', false),
    junior('A resident wrote it, and nobody cosigned.', 'Resident physician', false), junior('A student wrote it, and nobody cosigned.', 'Medical student', false),
    {
      type: 'DiagnosticReport', because: 'A report of a note’s kind is still preliminary.',
      plant: (report) => [{ how: 'amend', carries: true, resource: { ...report, status: 'preliminary', category: [coded('http://loinc.org', 'LP29684-5', 'Radiology narrative')] } }],
    },
  ],
  nearMisses: [
    junior('A resident wrote it, and an attending signed.', 'Resident physician', true), junior('A resident and an attending wrote it.', 'Resident physician', false, false), junior('A physician wrote it.', 'Doctor of Medicine', false),
    form('DocumentReference', 'Preliminary since last week.', (note) => { note['docStatus'] = 'preliminary'; note['date'] = '2026-11-18T10:00:00Z'; delete note['context']; delete note['authenticator']; }), form('DocumentReference', 'Preliminary, and superseded.', (note) => { note['docStatus'] = 'preliminary'; note['status'] = 'superseded'; }),
  ],
};
