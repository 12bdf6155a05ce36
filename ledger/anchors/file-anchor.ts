import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseCheckpoint, type Checkpoint } from '../verify/checkpoint.ts';
import type { Anchor } from './anchor.ts';

/**
 * A file that only grows: a JSON string a line, each a checkpoint. Put it where the database's owner
 * cannot write. A line that a crash cut short is passed over, and closed by the next.
 */
export const fileAnchor = (path: string): Anchor => ({
  name: `file ${path}`,
  newest: async (origin) => (await readAnchors(path)).filter((one) => one.origin === origin).at(-1),
  async put({ note }) {
    const lines = await linesOf(path);
    const line = JSON.stringify(note);
    if (lines.includes(line)) return '';
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a', 0o644);
    try {
      await file.appendFile(`${lines.at(-1) === '' || lines.length === 0 ? '' : '\n'}${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    return '';
  },
});

const linesOf = async (path: string): Promise<string[]> =>
  (await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return ''; throw error; })).split('\n');

/** Every checkpoint of an anchor file, oldest first. */
export async function readAnchors(path: string): Promise<Checkpoint[]> {
  return (await linesOf(path)).flatMap((line) => {
    try {
      const note: unknown = JSON.parse(line);
      return typeof note === 'string' ? parseCheckpoint(note) ?? [] : [];
    } catch {
      return [];
    }
  });
}
