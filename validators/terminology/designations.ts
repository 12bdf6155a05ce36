/** A text for a code. */
export type Designation = { readonly text: string; /** BCP 47; undefined where the code system does not say. */ readonly language: string | undefined };

/** `elsewhere`: right in the code system's own language, and nothing is known in the language asked for. */
export type Displayed = 'right' | 'wrong' | 'elsewhere' | 'wrong, none in its language';

type Raw = { readonly display?: unknown; readonly designation?: readonly { readonly value?: unknown; readonly language?: unknown }[] };
const textual = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A concept's display, which is in the language of its code system, and its designations. */
export const designationsOf = ({ display, designation = [] }: Raw, language: unknown): readonly Designation[] =>
  [{ text: display, language }, ...designation.map((d) => ({ text: d.value, language: d.language }))]
    .flatMap(({ text, language }) => (typeof text === 'string' ? [{ text, language: textual(language) }] : []));

const plain = (display: string): string => display.toLowerCase().replace(/\s+/g, ' ').trim();

/** `de` serves `de-CH` and `de-CH` serves `de` (RFC 4647, 3.3.1 and 3.4); a text whose language nobody says serves all. */
const serves = (of: string | undefined, asked: string): boolean => {
  if (of === undefined) return true;
  const [a, b] = [of.toLowerCase(), asked.toLowerCase()];
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
};

/**
 * As terminology servers judge (https://build.fhir.org/codesystem-operation-validate-code.html, displayLanguage): case
 * and blanks do not matter. @param language of the resource; undefined: every language is right
 */
export const judgeDisplay = (known: readonly Designation[], display: string, language: string | undefined): Displayed => {
  if (known.length === 0) return 'right';
  const same = (d: Designation): boolean => plain(d.text) === plain(display);
  const fitting = language === undefined ? known : known.filter((d) => serves(d.language, language));
  if (fitting.some(same)) return 'right';
  if (fitting.length > 0) return 'wrong';
  return same(known[0]!) ? 'elsewhere' : 'wrong, none in its language';
};
