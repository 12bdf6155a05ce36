// http://hl7.org/fhirpath/N1/#string-manipulation and, for the later ones, http://build.fhir.org/ig/HL7/FHIRPath/#additional-string-functions
import { stringOf } from '../convert.ts';
import { wrongType } from '../fhirpath-error.ts';
import { type Items, none, truth } from '../item.ts';
import { regexOf } from '../regex.ts';
import { type FunctionRow, ofString, plain, textArgument } from './definition.ts';
import { wholeArgument } from './subsetting.ts';

/** A function of one string and one string argument. */
const withText = (name: string, run: (text: string, argument: string) => Items): FunctionRow =>
  ofString(name, 1, 1, (text, [argument]) => {
    const other = textArgument(argument, `${name}()`);
    return other === undefined ? none : run(text, other);
  });

const withTwo = (name: string, run: (text: string, first: string, second: string) => Items): FunctionRow =>
  ofString(name, 2, 2, (text, [first, second]) => {
    const [a, b] = [textArgument(first, `${name}()`), textArgument(second, `${name}()`)];
    return a === undefined || b === undefined ? none : run(text, a, b);
  });

export const strings: readonly FunctionRow[] = [
  withText('indexOf', (text, part) => [text.indexOf(part)]),
  withText('lastIndexOf', (text, part) => [text.lastIndexOf(part)]),
  withText('startsWith', (text, part) => truth(text.startsWith(part))),
  withText('endsWith', (text, part) => truth(text.endsWith(part))),
  withText('contains', (text, part) => truth(text.includes(part))),
  withText('matches', (text, pattern) => truth(regexOf(pattern).test(text))),
  withText('matchesFull', (text, pattern) => truth(regexOf(pattern).testWhole(text))),
  withTwo('replace', (text, pattern, substitution) => [pattern === '' ? [...text].map((character) => substitution + character).join('') + substitution : text.replaceAll(pattern, () => substitution)]),
  withTwo('replaceMatches', (text, pattern, substitution) => [pattern === '' ? text : regexOf(pattern).replace(text, substitution)]),
  withText('split', (text, separator) => text.split(separator)),
  ofString('substring', 1, 2, (text, [start, length]) => {
    const from = wholeArgument(start, 'substring()');
    const count = length && wholeArgument(length, 'substring()');
    if (from === undefined || from < 0 || from >= text.length) return none;
    return [count === undefined ? text.slice(from) : text.slice(from, from + Math.max(count, 0))];
  }),
  ofString('upper', 0, 0, (text) => [text.toUpperCase()]),
  ofString('lower', 0, 0, (text) => [text.toLowerCase()]),
  ofString('trim', 0, 0, (text) => [text.trim()]),
  ofString('length', 0, 0, (text) => [text.length]),
  ofString('toChars', 0, 0, (text) => [...text]),
  plain('join', 0, 1, (input, [separator]) => {
    if (input.length === 0) return none;
    const texts = input.map((item) => {
      const text = stringOf(item);
      if (text === undefined) throw wrongType('join()', 'strings');
      return text;
    });
    return [texts.join(textArgument(separator, 'join()') ?? '')];
  }),
];
