import { parseNote, type Note } from './note.ts';

/** C2SP tlog-checkpoint: origin, size, root. https://c2sp.org/tlog-checkpoint */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer; readonly note: Note };

export const checkpointText = (origin: string, size: number, root: Buffer): string => `${origin}\n${size}\n${root.toString('base64')}\n`;

/** @returns undefined when the note is no checkpoint */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const note = parseNote(text);
  const [origin, size, root, ...more] = note?.text.split('\n') ?? [];
  if (note === undefined || !origin || size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || root === undefined || more.at(-1) !== '') return undefined;
  const bytes = Buffer.from(root, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === root ? { origin, size: Number(size), root: bytes, note } : undefined;
}
