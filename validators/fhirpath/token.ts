import { FhirPathError } from './fhirpath-error.ts';

/** `name`: identifier or keyword; `quoted`: a backtick identifier; `text`: unescaped content. */
export type Token = {
  readonly kind: 'name' | 'quoted' | 'string' | 'integer' | 'long' | 'decimal' | 'date' | 'dateTime' | 'time' | 'variable' | 'special' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
};

// Sticky patterns, each a union of fixed shapes: none can backtrack over more than one token.
const space = /(?:[ \t\r\n\u00a0\ufeff]+|\/\/[^\r\n]*)/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /[0-9]+(?:\.[0-9]+|L(?![A-Za-z0-9_]))?/y;
const clock = '[0-9]{2}(?::[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?)?';
const moment = new RegExp(`@(?:T(${clock})|([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(T(?:${clock}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)?)`, 'y');
const symbol = /<=|>=|!=|!~|[.,()[\]{}+\-*/&|<>=~]/y;
const escapes: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t' };

const take = (pattern: RegExp, source: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(source);
};

/** The text between `source[at]` and its partner, unescaped, and the offset behind it. */
const delimited = (source: string, at: number): [text: string, end: number] => {
  const quote = source[at];
  let text = '';
  for (let i = at + 1; i < source.length; i++) {
    const character = source[i] as string;
    if (character === quote) return [text, i + 1];
    if (character !== '\\') {
      text += character;
      continue;
    }
    const escaped = source[++i] ?? '';
    if (escaped === 'u') {
      const hex = source.slice(i + 1, i + 5);
      if (!/^[0-9A-Fa-f]{4}$/.test(hex)) throw new FhirPathError('syntax', 'a \\u escape needs four hexadecimal digits', i);
      text += String.fromCharCode(Number.parseInt(hex, 16));
      i += 4;
    } else text += escapes[escaped] ?? escaped; // an unknown escape stands for itself, as in published R4 invariants
  }
  throw new FhirPathError('syntax', 'a quoted text does not end', at);
};

export const tokens = (source: string): Token[] => {
  const list: Token[] = [];
  let at = 0;
  const push = (kind: Token['kind'], text: string, end: number): void => {
    list.push({ kind, text, at });
    at = end;
  };
  while (at < source.length) {
    const blank = take(space, source, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      if (end < 0) throw new FhirPathError('syntax', 'a comment does not end', at);
      at = end + 2;
      continue;
    }
    const character = source[at] as string;
    if (character === "'" || character === '"' || character === '`') {
      const [text, end] = delimited(source, at);
      push(character === '`' ? 'quoted' : 'string', text, end);
      continue;
    }
    if (character === '%') {
      const next = source[at + 1];
      if (next === '`' || next === "'" || next === '"') {
        const [text, end] = delimited(source, at + 1);
        push('variable', text, end);
        continue;
      }
      const match = take(name, source, at + 1);
      if (!match) throw new FhirPathError('syntax', '% must be followed by a name', at);
      push('variable', match[0], at + 1 + match[0].length);
      continue;
    }
    if (character === '$') {
      const match = take(name, source, at + 1);
      const word = match?.[0] ?? '';
      if (word !== 'this' && word !== 'index' && word !== 'total') throw new FhirPathError('syntax', 'only $this, $index and $total start with $', at);
      push('special', `$${word}`, at + 1 + word.length);
      continue;
    }
    const word = take(name, source, at);
    if (word) {
      push('name', word[0], at + word[0].length);
      continue;
    }
    const digits = take(number, source, at);
    if (digits) {
      const text = digits[0];
      const kind = text.endsWith('L') ? 'long' : text.includes('.') ? 'decimal' : 'integer';
      push(kind, kind === 'long' ? text.slice(0, -1) : text, at + text.length);
      continue;
    }
    const instant = take(moment, source, at);
    if (instant) {
      const [whole, time, date, rest] = instant;
      if (time !== undefined) push('time', time, at + whole.length);
      else push(rest === undefined ? 'date' : 'dateTime', `${date ?? ''}${rest ?? ''}`, at + whole.length);
      continue;
    }
    const sign = take(symbol, source, at);
    if (!sign) throw new FhirPathError('syntax', 'unexpected character', at);
    push('symbol', sign[0], at + sign[0].length);
  }
  push('end', '', at);
  return list;
};
