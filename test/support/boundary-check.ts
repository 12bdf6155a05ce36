import { posix } from 'node:path';
import { importsOf } from './imports.ts';

export type SourceFile = { readonly path: string; readonly text: string };

/** What a folder may import of the others: names of rooms, "types of ROOM" for `import type` only. */
export type Room = { readonly room: string; readonly may: readonly string[]; readonly because: string };
/** Who may import a package or a module of Node; `types` are free for all. Paths or folders. */
export type Ban = { readonly what: RegExp; readonly onlyIn: readonly string[]; readonly because: string };
/** Words that a folder's files may not hold. */
export type Word = { readonly word: RegExp; readonly notIn: string; readonly because: string };

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The row of the deepest room that the file lies in. */
export function roomOf(path: string, rooms: readonly Room[]): Room | undefined {
  return rooms.filter(({ room }) => within(path, room)).sort((a, b) => b.room.length - a.room.length)[0];
}

/** Each import that a row forbids, as a sentence. Stages are rooms of their own: pipelines/landing. */
export function forbiddenImports(files: readonly SourceFile[], rooms: readonly Room[], bans: readonly Ban[]): string[] {
  return files.flatMap(({ path, text }) => importsOf(text).flatMap(({ from, typeOnly, line }) => {
    const place = `${path}:${line}`;
    if (!from.startsWith('.')) {
      return bans.filter((ban) => !typeOnly && ban.what.test(from) && !ban.onlyIn.some((folder) => within(path, folder)))
        .map((ban) => `${place} imports ${from}: ${ban.because}`);
    }
    const target = posix.join(posix.dirname(path), from);
    const [own, other] = [roomOf(path, rooms), roomOf(target, rooms)];
    if (own === undefined) return [`${place} lies in no room of the table`];
    if (own === other || other === undefined || own.may.includes('everything')) return [];
    if (own.may.includes(other.room) || (typeOnly && own.may.includes(`types of ${other.room}`))) return [];
    return [`${place} imports ${target}: ${own.because}`];
  }));
}

export function forbiddenWords(files: readonly SourceFile[], words: readonly Word[]): string[] {
  return files.flatMap(({ path, text }) => words.filter(({ notIn }) => within(path, notIn)).flatMap(({ word, because }) =>
    text.split('\n').flatMap((content, index) =>
      word.test(withoutComment(content)) ? [`${path}:${index + 1} has ${word.exec(content)?.[0] ?? 'a word'}: ${because}`] : [])));
}

const withoutComment = (line: string): string => /^\s*(?:\*|\/\*|\/\/)/.test(line) ? '' : line.replace(/\s\/\/.*$/, '');
