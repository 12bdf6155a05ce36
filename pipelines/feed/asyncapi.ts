import type { Feed } from '../../storage/feeds.ts';
import { entrySchema } from './http-schemas.ts';

// https://www.asyncapi.com/docs/reference/specification/v3.0.0

const text = (description: string, more: object = {}) => ({ type: 'string', description, ...more });
const of = (place: string) => ({ $ref: `#/${place}` });
const limits = { 'max.message.bytes': 4_194_304 };

/** CloudEvents in binary mode and what we add to them: messages.ts writes these. */
const headers = {
  type: 'object',
  required: ['content-type', 'ce_specversion', 'ce_type', 'ce_source', 'ce_id', 'ce_subject', 'ce_time', 'ce_sequence', 'ce_hash', 'ce_ruleset', 'ce_verdict', 'ce_flags'],
  properties: {
    'content-type': { const: 'application/fhir+json' },
    ce_specversion: { const: '1.0' },
    ce_type: { enum: ['fhir-assay.release', 'fhir-assay.retraction', 'fhir-assay.stale'] },
    ce_source: text('urn:fhir-assay:feed:FEED'),
    ce_id: text('The sequence number.'),
    ce_subject: text('source/type/id'),
    ce_time: text('When it was released.', { format: 'date-time' }),
    ce_sequence: text('Its place in the one sequence of all feeds.', { pattern: '^[0-9]+$' }),
    ce_hash: text('SHA-256 of the exact bytes of the version.', { pattern: '^[0-9a-f]{64}$' }),
    ce_ruleset: text('SHA-256 of everything that checked it.'),
    ce_verdict: { enum: ['release', 'release-with-flags', 'hold', 'exclude', ''] },
    ce_flags: text('Ids of the rules that flag it, by commas.'),
    ce_versionid: text('meta.versionId, where the source gives one.'),
    ce_about: text('The sequence number that a retraction or a stale notice is about.'),
    ce_reason: { enum: ['deleted', 'withdrawn', 'newer-held', 'reversed', 'erased'] },
    ce_withdrawn: { const: 'true', description: 'Retracted or erased before it was published.' },
    ce_dataref: text('Where a resource too large for the topic is.', { format: 'uri-reference' }),
  },
} as const;

const key = { kafka: { key: text('source/type/id') } };
const message = (name: string, summary: string, payload: object, more: object = {}) =>
  ({ name: `fhir-assay.${name}`, summary, ...more, headers: of('components/schemas/headers'), payload, bindings: key });

type Asked = {
  /** Absent: of all feeds. */
  readonly feed?: Pick<Feed, 'name' | 'purpose' | 'types'>;
  /** Before the names of topics. */
  readonly prefix?: string;
  /** Where the API is; '' where nobody said. */
  readonly api?: string;
};

/** What a feed carries and how, as AsyncAPI: over Kafka by topic, over HTTP as NDJSON and server-sent events. */
export function asyncApi({ feed, prefix = '', api = '' }: Asked = {}) {
  const name = feed?.name ?? '{feed}';
  const feedParameter = feed === undefined ? { feed: { description: 'Name of the feed.' } } : {};
  const types = feed?.types ?? null;
  const onKafka = [of('servers/kafka')];
  const messages = (...names: string[]) => Object.fromEntries(names.map((one) => [one, of(`components/messages/${one}`)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: feed === undefined ? 'fhir-assay feeds' : `fhir-assay feed ${feed.name}, for ${feed.purpose}`, version: '1',
      description: 'What may be used for a purpose, as it is released. Read Kafka with isolation.level=read_committed. Each release was checked before; '
        + 'the JSON Schema of a resource type’s structure is at /feeds/{feed}/contract/{type}.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/fhir+json',
    servers: {
      kafka: { host: '{brokers}', protocol: 'kafka', description: 'The deployment’s own brokers.', variables: { brokers: { description: 'KAFKA_BROKERS' } } },
      http: api === ''
        ? { host: '{api}', protocol: 'https', description: 'The deployment’s own API.', variables: { api: { description: 'Its host and port.' } } }
        : { host: new URL(api).host, protocol: new URL(api).protocol.slice(0, -1), ...(new URL(api).pathname === '/' ? {} : { pathname: new URL(api).pathname }) },
    },
    channels: {
      values: {
        address: `${prefix}${name}.{type}`, servers: onKafka, description: 'Every entry of one resource type; kept for retention.ms.',
        parameters: { ...feedParameter, type: { description: 'FHIR resource type.', ...(types === null ? {} : { enum: types }) } },
        messages: messages('release', 'retraction', 'stale'),
        bindings: { kafka: { topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': 2_592_000_000, ...limits } } },
      },
      current: {
        address: `${prefix}${name}.current`, servers: onKafka, description: 'The last state of each resource; a null value is a tombstone.',
        ...(feed === undefined ? { parameters: feedParameter } : {}),
        messages: messages('release', 'retraction'),
        bindings: { kafka: { topicConfiguration: { 'cleanup.policy': ['compact'], ...limits } } },
      },
      entries: {
        address: `/feeds/${name}/entries`, servers: [of('servers/http')],
        description: 'All entries in order behind `after`, one JSON object a line, or as server-sent events.',
        ...(feed === undefined ? { parameters: feedParameter } : {}),
        messages: messages('entry'),
        bindings: { http: { method: 'GET', query: { type: 'object', properties: { after: { type: 'integer', minimum: 0 }, limit: { type: 'integer', minimum: 1, maximum: 100_000 } } } } },
      },
    },
    operations: Object.fromEntries(['values', 'current', 'entries'].map((channel) => [`read-${channel}`, { action: 'receive', channel: of(`channels/${channel}`) }])),
    components: {
      messages: {
        release: message('release', 'A version of a resource may be used.', of('components/schemas/resource'),
          { description: 'The value is the resource exactly as received; empty with ce_dataref (a claim check); null with ce_withdrawn.' }),
        retraction: message('retraction', 'What entry ce_about gave is taken back.', { type: 'null' }),
        stale: message('stale', 'A newer version is held; what entry ce_about gave is out of date.', { type: 'null' }),
        entry: { name: 'entry', summary: 'One entry, over HTTP.', contentType: 'application/json', payload: of('components/schemas/entry') },
      },
      schemas: { resource: { type: 'object', description: 'A FHIR R4 resource, the bytes as received; SHA-256 is ce_hash.' }, headers, entry: entrySchema },
    },
  };
}
