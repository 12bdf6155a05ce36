import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendEvent } from '../../ledger/append.ts';
import { createConsumer, renewToken } from '../../pipelines/feed/consumers.ts';
import { allConsumers, allFeeds } from '../../storage/feeds.ts';
import type { Database } from '../../storage/connect.ts';

/**
 * A consumer a feed, for trying it out. Only hashes are in the database, so the tokens are kept in a
 * file of this installation that nobody else may read; when it is gone they are renewed.
 * @returns feed → token
 */
export async function trialTokens(db: Database, home: string): Promise<Map<string, string>> {
  const file = join(home, 'trial-tokens.json');
  const kept = await readFile(file, 'utf8').then((text) => JSON.parse(text) as Record<string, string>, () => ({} as Record<string, string>));
  const tokens: Record<string, string> = {};
  const consumers = await allConsumers(db);
  for (const { name } of await allFeeds(db)) {
    const consumer = `trial-${name}`;
    const known = consumers.find((one) => one.name === consumer);
    const token = known === undefined ? undefined : kept[name];
    tokens[name] = token ?? (known === undefined
      ? await createConsumer({ db, appendEvent }, { name: consumer, feeds: [name] })
      : await renewToken({ db, appendEvent }, consumer)).token;
  }
  await writeFile(file, JSON.stringify(tokens), { mode: 0o600 });
  return new Map(Object.entries(tokens));
}
