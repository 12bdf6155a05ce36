import { isObject, listAt, part, textAt, type JsonObject } from './touch.ts';

/** The text of a note, as it is written. */
export function wordsOf(note: JsonObject): string {
  if (note['resourceType'] === 'Composition') return listAt(note, 'section').map((section) => textAt(section, 'text', 'div') ?? '').join('\n');
  return Buffer.from(textAt(note, 'content', 0, 'attachment', 'data') ?? '', 'base64').toString();
}

/** The note with other words; undefined where nothing of it changes. */
export function reworded(note: JsonObject, change: (text: string) => string): JsonObject | undefined {
  const before = wordsOf(note);
  if (note['resourceType'] === 'Composition') for (const section of listAt(note, 'section').filter(isObject)) Object.assign(part(section, 'text') ?? {}, { div: change(textAt(section, 'text', 'div') ?? '') });
  else {
    const attachment = part(note, 'content', 0, 'attachment');
    if (attachment === undefined || attachment['data'] === undefined) return undefined;
    attachment['data'] = Buffer.from(change(before)).toString('base64');
  }
  return wordsOf(note) === before ? undefined : note;
}

/** Those of the notes that the change touches. */
export const rewordedAll = (notes: readonly JsonObject[], change: (text: string) => string): JsonObject[] => notes.map((note) => reworded(note, change)).filter((note) => note !== undefined);

/** With a section more, in the layout of the note. */
export const withSection = (heading: string, text: string) => (before: string): string => {
  if (before.includes('</body>')) return before.replace('</body>', `<h2>${heading}</h2>\n<p>${text}</p></body>`);
  if (/^# /m.test(before)) return `${before}\n# ${heading}\n${text}\n`;
  return /^[A-Z][A-Z ]+:$/m.test(before) ? `${before}\n${heading.toUpperCase()}:\n${text}\n` : `${before}\n${heading}: ${text}\n`;
};
/** With a sentence more under a heading, or one of several `a|b`, that is there; the first is added where none is. */
export const withSentence = (heading: string, text: string) => (before: string): string => {
  const found = new RegExp(`((?:# |<h2>|^)(?:${heading})(?:</h2>\\n<p>|:? *\\n?))`, 'im').exec(before);
  return found === null ? withSection(heading.split('|')[0] ?? heading, text)(before) : before.replace(found[0], `${found[0]}${text} `);
};
