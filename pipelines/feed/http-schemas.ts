import { purposes } from '../../terms/purpose.ts';

const text = { type: 'string' } as const;
const nullableText = { type: ['string', 'null'] } as const;
const sequence = { type: 'integer', minimum: 1 } as const;

/** One line of a feed; also the contract that docs/feeds.md explains. */
export const entrySchema = {
  type: 'object',
  required: ['sequence', 'kind', 'source', 'type', 'id', 'versionId', 'hash', 'ruleSet', 'verdict', 'flags'],
  properties: {
    sequence: { ...sequence, description: 'Rises along the feed; with gaps where an entry is not for it.' },
    kind: { enum: ['release', 'retraction', 'stale'], description: 'stale: a newer version is held; what you have may be out of date.' },
    source: { ...text, description: 'Name of the EHR connection.' },
    type: { ...text, description: 'FHIR resource type.' },
    id: { ...text, description: 'FHIR logical id.' },
    versionId: { ...nullableText, description: 'meta.versionId, where the source gives one.' },
    hash: { ...text, description: 'SHA-256 of the exact bytes, hex. Of a retraction and a stale notice: of the version they are about.' },
    ruleSet: { ...nullableText, description: 'SHA-256 of everything that checked it, hex.' },
    verdict: { ...nullableText, enum: ['release', 'release-with-flags', 'hold', 'exclude', null] },
    flags: { type: 'array', items: text, description: 'Ids of the rules that flag it.' },
    about: { ...sequence, description: 'Of a retraction and a stale notice: the entry they are about.' },
    reason: { enum: ['deleted', 'withdrawn', 'newer-held', 'reversed', 'erased'], description: 'Of a retraction.' },
    withdrawn: { const: true, description: 'Retracted or erased since: there is no value any more.' },
    value: { ...text, description: 'The resource exactly as received: hash it as UTF-8.' },
  },
} as const;

/** RFC 9457, with the code of docs/errors.md. */
export const problemSchema = {
  type: 'object', required: ['type', 'title', 'status'],
  properties: { type: text, title: text, status: { type: 'integer' }, code: text, detail: text },
} as const;

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});
const refusals = { 401: problem('No token, or one that is refused.') };

export const feedsSchema = {
  summary: 'Feeds that the token may read', tags: ['feeds'], security: [{ bearer: [] }],
  response: {
    200: {
      description: 'Feeds; `head` is the last sequence number given out.',
      content: { 'application/json': { schema: { type: 'array', items: {
        type: 'object', required: ['name', 'purpose', 'types', 'head'],
        properties: { name: text, purpose: { enum: purposes }, types: { type: ['array', 'null'], items: text }, head: { type: 'integer' } },
      } } } },
    },
    ...refusals,
  },
} as const;

const refusedFeed = { ...refusals, 403: problem('The token is not for this feed.'), 404: problem('No such feed, or no such type in it.') };

export const contractSchema = {
  summary: 'What a feed carries and how, as AsyncAPI 3.0', tags: ['feeds'], security: [{ bearer: [] }],
  params: { type: 'object', properties: { feed: text } },
  response: { 200: { description: 'The document.', content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } } }, ...refusedFeed },
} as const;

export const structureSchema = {
  summary: 'The structure of a resource type that a feed carries, as JSON Schema 2020-12', tags: ['feeds'], security: [{ bearer: [] }],
  description: 'Every release of the type fits it; what the schema cannot say (invariants, slices, references) was checked besides.',
  params: { type: 'object', properties: { feed: text, type: { type: 'string', pattern: '^[A-Z][A-Za-z]+$' } } },
  response: { 200: { description: 'The schema.', content: { 'application/schema+json': { schema: { type: 'object', additionalProperties: true } } } }, ...refusedFeed },
} as const;

export const entriesSchema = {
  summary: 'Entries of a feed after a sequence number', tags: ['feeds'], security: [{ bearer: [] }],
  description: 'NDJSON, one entry a line; with `Accept: text/event-stream` the same as server-sent events that go on as entries come. '
    + 'Each reading is recorded as consumption.',
  params: { type: 'object', properties: { feed: text } },
  querystring: {
    type: 'object',
    properties: {
      after: { type: 'integer', minimum: 0, default: 0, description: 'The last sequence number you have.' },
      limit: { type: 'integer', minimum: 1, maximum: 100_000, default: 1_000, description: 'Entries at most (not of server-sent events).' },
    },
  },
  response: {
    200: {
      description: 'Entries in order.',
      content: { 'application/x-ndjson': { schema: entrySchema }, 'text/event-stream': { schema: text } },
    },
    ...refusals,
    400: problem('A parameter is not as described.'), 403: problem('The token is not for this feed.'), 404: problem('No such feed.'),
  },
} as const;
