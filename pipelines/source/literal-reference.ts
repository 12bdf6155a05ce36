import { isString } from './body.ts';

/** `Patient/123`, alone or at the end of an address. */
const LITERAL = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/;

export function literalReference(url: unknown): { type: string; id: string } | undefined {
  const [, type, id] = (isString(url) && LITERAL.exec(url)) || [];
  return type === undefined || id === undefined ? undefined : { type, id };
}
