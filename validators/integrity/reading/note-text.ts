import type { Attachment, Composition, CompositionSection, DocumentReference } from '@medplum/fhirtypes';
import headings from '../../../fhir-profiles/knowledge/note-sections.json' with { type: 'json' };
import type { ViewEntry } from '../../../terms/patient-view.ts';
import { wordsOf } from './concepts.ts';
import { mentionsIn, type Mention } from './mentions.ts';

export type Section = 'family' | 'history' | 'social' | 'allergies' | 'medications' | 'hpi' | 'complaint' | 'review' | 'exam' | 'results' | 'assessment' | 'plan' | 'procedure' | 'other';
export type Sentence = { readonly section: Section; readonly words: readonly string[] };
export type Note = { readonly sentences: readonly Sentence[]; readonly mentions: readonly Mention[]; readonly text: string; readonly wordCount: number };

const sectionOf = new Map(headings.rows.map((row) => [row.heading, row.section as Section]));

const parsed = new WeakMap<object, Note | null>();

/** The text of a note as sections, sentences and mentions; undefined where it holds none that can be read here. */
export function noteOf(entry: ViewEntry): Note | undefined {
  let note = parsed.get(entry.fields);
  if (note === undefined) {
    const text = entry.type === 'Composition' ? compositionText(entry.fields as Partial<Composition>) : documentText(entry.fields as Partial<DocumentReference>);
    note = text === '' ? null : read(text);
    parsed.set(entry.fields, note);
  }
  return note ?? undefined;
}

const documentText = (document: Partial<DocumentReference>): string => (document.content ?? []).map((content) => attachmentText(content.attachment)).join('\n').trim();

function attachmentText(attachment: Attachment): string {
  if (attachment.data === undefined || attachment.contentType?.startsWith('text/') !== true) return '';
  const text = Buffer.from(attachment.data, 'base64').toString('utf8');
  return attachment.contentType.startsWith('text/html') ? plain(text) : text;
}

const compositionText = (composition: Partial<Composition>): string => (composition.section ?? []).map(sectionText).join('\n').trim();
const sectionText = (section: CompositionSection): string =>
  `# ${section.title ?? ''}\n${plain(section.text?.div ?? '')}\n${(section.section ?? []).map(sectionText).join('\n')}`;

const plain = (html: string): string => html.replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)[^>]*>/gi, '\n').replace(/<[^>]+>/g, ' ')
  .replace(/&nbsp;|[ \t]+/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** A heading on a line of its own (`# Plan`, `PLAN:`, `Plan:`) or before the text it opens (`Plan: rest`). */
function headingOf(line: string): { readonly section: Section; readonly rest: string } | undefined {
  // Most lines are too long to be a heading and neither marked nor opened as one.
  const mayOpen = line.includes(':'), mayMark = line.includes('#');
  if (line.length >= 40 && !mayOpen && !mayMark) return undefined;
  const marked = mayMark ? /^\s*#+\s*(.+?)\s*:?\s*$/.exec(line) : null;
  const opened = marked === null && mayOpen ? /^\s*([A-Za-z][A-Za-z&/ -]{1,40}?)\s*:(.*)$/.exec(line) : null;
  const name = (marked?.[1] ?? opened?.[1] ?? (line.length < 40 ? line : '')).trim().toLowerCase();
  const section = sectionOf.get(name);
  if (section === undefined) return marked === null ? undefined : { section: 'other', rest: '' };
  return { section, rest: opened?.[2] ?? '' };
}

const mayEnd = /[.;!?](?:\s|$)/;
const ended = /(?<=[a-z)\]%][a-z)\]%]|\d)[.;!?]+(?:\s+|$)/i;

function read(text: string): Note {
  const sentences = sentencesIn(text);
  return { sentences, mentions: sentences.flatMap((sentence) => mentionsIn(sentence)), text, wordCount: sentences.reduce((sum, { words }) => sum + words.length, 0) };
}

/** Of a note's text. Rules that ask few notes keep the text and read it when they ask: its words take more room. */
export function sentencesIn(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let section: Section = 'other';
  for (const line of text.split('\n')) {
    const heading = headingOf(line);
    if (heading !== undefined) section = heading.section;
    const rest = heading === undefined ? line : heading.rest;
    for (const sentence of mayEnd.test(rest) ? rest.split(ended) : [rest]) {
      const words = wordsOf(sentence);
      if (words.length > 0) sentences.push({ section, words });
    }
  }
  return sentences;
}
