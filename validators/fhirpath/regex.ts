import { RE2JS } from 're2js';
import { FhirPathError } from './fhirpath-error.ts';

/**
 * matches(), matchesFull() and replaceMatches(). A pattern comes from a package: nobody vouches for it.
 * V8's engine is used where it cannot backtrack much: at most one repetition in the pattern and a
 * short text. Everything else goes to RE2, which is linear in the text; what RE2 does not know
 * (look-around, back references) is refused with an error.
 */
export type Regex = {
  readonly test: (text: string) => boolean;
  readonly testWhole: (text: string) => boolean;
  readonly replace: (text: string, substitution: string) => string;
};

const longestForV8 = 10_000;
const repetition = /\\.|\[(?:\\.|[^\]\\])*\]|[*+]|\{[0-9]+,?[0-9]*\}|\(\?[=!<]|\\[1-9]/gs;

/** One repetition at most, and nothing that RE2 would refuse. */
const tame = (pattern: string): boolean => {
  let count = 0;
  for (const [token] of pattern.matchAll(repetition)) {
    if (token.startsWith('(?') || /^\\[1-9k]/.test(token)) return false;
    if (token === '*' || token === '+' || token.startsWith('{')) count++;
  }
  return count <= 1;
};

const native = (pattern: string, flags: string): RegExp | undefined => {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
};

const linear = (pattern: string): RE2JS => {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw new FhirPathError('execution', 'a regular expression is wrong, or needs look-around or back references, which are not evaluated');
  }
};

const make = (pattern: string): Regex => {
  if (pattern.length > 10_000) throw new FhirPathError('execution', 'a regular expression is too long');
  let slow: RE2JS | undefined;
  const re2 = (): RE2JS => (slow ??= linear(pattern));
  // `s`: a dot matches line ends too, http://hl7.org/fhirpath/N1/#matchesregex--string--boolean
  const fast = tame(pattern) ? (native(pattern, 'su') ?? native(pattern, 's')) : undefined;
  const whole = fast && native(`^(?:${pattern})$`, fast.flags);
  const global = fast && native(pattern, `${fast.flags}g`);
  if (!fast) re2();
  return {
    test: (text) => (fast && text.length <= longestForV8 ? fast.test(text) : re2().matcher(text).find()),
    testWhole: (text) => (whole && text.length <= longestForV8 ? whole.test(text) : re2().matcher(text).matches()),
    replace: (text, substitution) => (global && text.length <= longestForV8 ? text.replace(global, substitution) : re2().matcher(text).replaceAll(substitution)),
  };
};

const cache = new Map<string, Regex>();
const cacheSize = 1_000;

export const regexOf = (pattern: string): Regex => {
  let regex = cache.get(pattern);
  if (!regex) {
    regex = make(pattern);
    if (cache.size >= cacheSize) cache.clear();
    cache.set(pattern, regex);
  }
  return regex;
};
