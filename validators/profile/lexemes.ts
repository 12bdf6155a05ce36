import { maxDepth } from './scan.ts';

/**
 * The numbers of a JSON text as they are written, by path (`valueQuantity.value`, `component[0].valueInteger`):
 * made only for the few resources whose numbers JavaScript cannot hold as written. The text is known to be JSON.
 */
export const lexemes = (text: string): ReadonlyMap<string, string> => {
  const out = new Map<string, string>();
  let i = 0;
  const space = (): void => { while (i < text.length && text.charCodeAt(i) <= 32) i++; };
  const string = (): string => {
    const s = i++;
    while (i < text.length && text[i] !== '"') { if (text[i] === '\\') i++; i++; }
    i++;
    return JSON.parse(text.slice(s, i)) as string;
  };
  const skip = (): void => {
    i++;
    while (i < text.length && text[i] !== '"') { if (text[i] === '\\') i++; i++; }
    i++;
  };
  const value = (path: string, depth: number): void => {
    space();
    const c = text[i];
    if (c === '{') {
      i++;
      for (space(); i < text.length && text[i] !== '}'; space()) {
        const key = string();
        space(); i++; // the colon
        value(path === '' ? key : `${path}.${key}`, depth + 1);
        space();
        if (text[i] === ',') { i++; space(); }
      }
      i++;
    } else if (c === '[') {
      i++;
      let n = 0;
      for (space(); i < text.length && text[i] !== ']'; space()) {
        value(`${path}[${n++}]`, depth + 1);
        space();
        if (text[i] === ',') { i++; space(); }
      }
      i++;
    } else if (c === '"') skip();
    else {
      const s = i;
      while (i < text.length && !',]} \n\r\t'.includes(text[i]!)) i++;
      if (c === '-' || (c! >= '0' && c! <= '9')) out.set(path, text.slice(s, i));
    }
    if (depth > maxDepth) throw new RangeError('depth');
  };
  value('', 0);
  return out;
};
