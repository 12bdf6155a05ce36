import { Ajv, type AnySchema, type Options } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchema } from 'fastify';

// Unknown parameters are refused, not dropped: a filter that does nothing would mislead.
const options: Options = { useDefaults: true };
const withFormats = (ajv: Ajv): Ajv => { formats.default(ajv); return ajv; };
/** In an address everything is text, and one of a list looks like no list. */
const ofTexts = withFormats(new Ajv({ ...options, coerceTypes: 'array' }));
/** JSON has its types: a number where a list belongs is a mistake of the caller's. */
const ofJson = withFormats(new Ajv(options));

/** How each part of a request is checked. */
export const validatorOf = ({ schema, httpPart }: { schema: AnySchema; httpPart?: string | undefined }) => (httpPart === 'body' ? ofJson : ofTexts).compile(schema);

type Parameters = { readonly required?: readonly string[]; readonly properties?: Readonly<Record<string, { readonly default?: unknown }>> };

const withoutDefaulted = (part: Parameters): Parameters => ({ ...part, required: (part.required ?? []).filter((name) => part.properties?.[name]?.default === undefined) });

/** What has a default is there when a route reads it, and need not be sent. */
export const asCallersSeeIt = (schema: FastifySchema): FastifySchema => ({
  ...schema,
  ...(schema.querystring === undefined ? {} : { querystring: withoutDefaulted(schema.querystring as Parameters) }),
  ...(schema.body === undefined || (schema.body as Parameters).properties === undefined ? {} : { body: withoutDefaulted(schema.body as Parameters) }),
});
