import type { Feed } from '../../storage/feeds.ts';
import { carriesBody, type EntryWithBody } from './read.ts';

/** `values` topics keep what happened, a `current` topic the last state of each resource. */
export type Topic = { readonly topic: string; readonly keeps: 'values' | 'current' };
export type Message = Topic & {
  readonly key: string; readonly value: Buffer | null; readonly headers: Record<string, string>;
};
export type Naming = {
  readonly prefix: string;
  /** Where the feed's HTTP routes are, for claim checks; '' where consumers know. */
  readonly feedUrl: string;
  /** The largest value that is sent. */
  readonly largest: number;
};

/** No null, which would be a tombstone: the value is elsewhere, see ce_dataref. */
const claimed = Buffer.alloc(0);

export function selects(feed: Feed, { entry }: EntryWithBody): boolean {
  return entry.purpose === feed.purpose && (feed.types?.includes(entry.type) ?? true) && (feed.sources?.includes(entry.sourceId) ?? true);
}

/** The topics of a feed's resource type. */
export const topicsFor = (feed: Pick<Feed, 'name'>, type: string, prefix: string): [values: Topic, current: Topic] => [
  { topic: `${prefix}${feed.name}.${type}`, keeps: 'values' },
  { topic: `${prefix}${feed.name}.current`, keeps: 'current' },
];

/** An entry as messages of a feed: one to its type's topic, and one to `current` where it changes the state. */
export function messagesFor(feed: Feed, one: EntryWithBody, naming: Naming): Message[] {
  const { entry, value } = one;
  const tooLarge = value !== undefined && value.length > naming.largest;
  const message = {
    key: `${entry.source}/${entry.type}/${entry.id}`,
    value: tooLarge ? claimed : value ?? null,
    headers: headers(feed, one, tooLarge ? `${naming.feedUrl}/feeds/${feed.name}/entries?after=${entry.sequence - 1}&limit=1` : undefined),
  };
  const topics = topicsFor(feed, entry.type, naming.prefix);
  // A stale notice changes no state; what is withdrawn already is a tombstone like its retraction.
  return topics.slice(0, entry.kind === 'stale' ? 1 : 2).map((topic) => ({ ...message, ...topic }));
}

/** CloudEvents 1.0.2, Kafka binding, binary mode: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md */
function headers(feed: Feed, { entry, value }: EntryWithBody, dataref: string | undefined): Record<string, string> {
  return {
    'content-type': 'application/fhir+json',
    ce_specversion: '1.0',
    ce_type: `fhir-assay.${entry.kind}`,
    ce_source: `urn:fhir-assay:feed:${feed.name}`,
    ce_id: String(entry.sequence),
    ce_subject: `${entry.source}/${entry.type}/${entry.id}`,
    ce_time: new Date(entry.at).toISOString(),
    ce_sequence: String(entry.sequence),
    ce_hash: entry.hash,
    ce_ruleset: entry.ruleSet ?? '',
    ce_verdict: entry.verdict ?? '',
    ce_flags: entry.flags,
    ...(entry.versionId === null ? {} : { ce_versionid: entry.versionId }),
    ...(entry.about === null ? {} : { ce_about: String(entry.about) }),
    ...(entry.reason === null ? {} : { ce_reason: entry.reason }),
    ...(entry.kind === 'release' && (value === undefined || !carriesBody(entry)) ? { ce_withdrawn: 'true' } : {}),
    ...(dataref === undefined ? {} : { ce_dataref: dataref }),
  };
}
