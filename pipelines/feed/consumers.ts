import { createHash, randomBytes } from 'node:crypto';
import type { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import type { Database, Queryable, Tx } from '../../storage/connect.ts';
import { admitConsumer, consumerWithToken, feedsNamed, renewConsumer, revokeConsumer, type Consumer, type Feed } from '../../storage/feeds.ts';
import { AssayError } from '../../terms/errors.ts';

type Deps = { readonly db: Database; readonly appendEvent: typeof appendEvent };
/** The token is shown this once: the database holds its hash. */
export type Admitted = { readonly consumer: Consumer; readonly token: string };

/** @throws AssayError ASSAY_CONSUMER_EXISTS, ASSAY_FEED_UNKNOWN, ASSAY_CONSUMER_PURPOSES */
export async function createConsumer({ db, appendEvent }: Deps, asked: { name: string; feeds: readonly string[]; models?: readonly string[]; kafkaGroup?: string | undefined }): Promise<Admitted> {
  const token = newToken();
  return db.transaction(async (tx) => {
    const feeds = await feedsNamed(tx, asked.feeds);
    const [first] = feeds;
    if (first === undefined || feeds.length < new Set(asked.feeds).size) throw new AssayError('ASSAY_FEED_UNKNOWN');
    if (feeds.some((feed) => feed.purpose !== first.purpose)) throw new AssayError('ASSAY_CONSUMER_PURPOSES');
    const consumer = await admitConsumer(tx, {
      name: asked.name, feeds: feeds.map((feed) => feed.id), purpose: first.purpose, models: [...(asked.models ?? [])], kafkaGroup: asked.kafkaGroup ?? null,
    }, hashOf(token));
    if (consumer === undefined) throw new AssayError('ASSAY_CONSUMER_EXISTS');
    await record(tx, appendEvent, consumer, 'consumer-created');
    return { consumer, token };
  });
}

/** A new token; the old one is refused from now on. @throws AssayError ASSAY_CONSUMER_UNKNOWN */
export async function renewToken({ db, appendEvent }: Deps, name: string): Promise<Admitted> {
  const token = newToken();
  return db.transaction(async (tx) => {
    const consumer = known(await renewConsumer(tx, name, hashOf(token)));
    await record(tx, appendEvent, consumer, 'consumer-renewed');
    return { consumer, token };
  });
}

/** @throws AssayError ASSAY_CONSUMER_UNKNOWN */
export async function revokeToken({ db, appendEvent }: Deps, name: string): Promise<Consumer> {
  return db.transaction(async (tx) => {
    const consumer = known(await revokeConsumer(tx, name));
    await record(tx, appendEvent, consumer, 'consumer-revoked');
    return consumer;
  });
}

/** Who asks, by `Authorization: Bearer …`. @throws AssayError ASSAY_FEED_TOKEN_REFUSED */
export async function bearer(db: Queryable, header: string | undefined): Promise<Consumer> {
  const token = header?.match(/^Bearer +([\w.~+/-]+=*)$/i)?.[1];
  const consumer = token === undefined ? undefined : await consumerWithToken(db, hashOf(token));
  if (consumer === undefined) throw new AssayError('ASSAY_FEED_TOKEN_REFUSED');
  return consumer;
}

export const mayRead = (consumer: Consumer, feed: Feed): boolean => consumer.feeds.includes(feed.id) && consumer.purpose === feed.purpose;

const newToken = (): string => `assay_${randomBytes(32).toString('base64url')}`;
/** 256 random bits need no slow hash. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

function known(consumer: Consumer | undefined): Consumer {
  if (consumer === undefined) throw new AssayError('ASSAY_CONSUMER_UNKNOWN');
  return consumer;
}

async function record(tx: Tx, append: typeof appendEvent, consumer: Consumer, what: string): Promise<void> {
  await append(tx, 'role-changed', { what, consumer: consumer.id }, await coveredRows(tx, 'consumer', [consumer.id]));
}
