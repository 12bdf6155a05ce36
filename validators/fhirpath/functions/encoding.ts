// http://build.fhir.org/ig/HL7/FHIRPath/#additional-string-functions
import { type Items, none } from '../item.ts';
import { type FunctionRow, ofString, textArgument } from './definition.ts';

type Coder = (text: string) => string | undefined;

const html: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const plainOf = new Map(Object.entries(html).map(([plain, escaped]) => [escaped, plain]));

const bytes = (text: string, encoding: BufferEncoding, valid: RegExp): string | undefined => (valid.test(text) ? Buffer.from(text, encoding).toString('utf8') : undefined);
const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');
const unescapeJson: Coder = (text) => {
  try {
    const value: unknown = JSON.parse(`"${text.replaceAll(/(?<!\\)"/g, '\\"')}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};

const coders: Readonly<Record<string, Readonly<Record<string, Coder>>>> = {
  encode: {
    base64: (text) => Buffer.from(text).toString('base64'),
    urlbase64: (text) => urlSafe(Buffer.from(text).toString('base64')),
    hex: (text) => Buffer.from(text).toString('hex'),
  },
  decode: {
    base64: (text) => bytes(text, 'base64', /^[A-Za-z0-9+/]*={0,2}$/),
    urlbase64: (text) => bytes(text, 'base64url', /^[A-Za-z0-9_-]*={0,2}$/),
    hex: (text) => bytes(text, 'hex', /^(?:[0-9A-Fa-f]{2})*$/),
  },
  escape: {
    html: (text) => text.replaceAll(/[&<>"']/g, (character) => html[character] ?? character),
    json: (text) => JSON.stringify(text).slice(1, -1),
  },
  unescape: {
    html: (text) => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => plainOf.get(entity) ?? entity),
    json: unescapeJson,
  },
};

export const encoding: readonly FunctionRow[] = Object.entries(coders).map(([name, formats]) =>
  ofString(name, 1, 1, (text, [format]): Items => {
    const wanted = textArgument(format, `${name}()`);
    const coder = wanted !== undefined && Object.hasOwn(formats, wanted) ? formats[wanted] : undefined;
    const result = coder?.(text);
    return result === undefined ? none : [result];
  }),
);
