/** One part of a product under load as a process of its own, to be killed: `node ledger-process.ts stages|sequencer|api DATABASE_URL FOLDER [PORT]`. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { appendEvent } from '../../ledger/append.ts';
import { fileAnchor } from '../../ledger/anchors/file-anchor.ts';
import { settleKey } from '../../ledger/anchors/key-file.ts';
import { keepLedger } from '../../ledger/keep.ts';
import { feedRoutes } from '../../pipelines/feed/http.ts';
import { connect } from '../../storage/connect.ts';
import { governedHistory, type Given } from './governed-history.ts';

const [part, url = '', folder = '', port = '0'] = process.argv.slice(2);
const db = connect(url, { connections: 4 });
const forever = new AbortController().signal;
const complain = (error: unknown): void => console.error(error instanceof Error ? error.message : error);

/** Lands, assesses, releases and takes back without end; what PostgreSQL's death cuts short is left, as a killed worker leaves it. */
async function stages(): Promise<void> {
  for (let history: Awaited<ReturnType<typeof governedHistory>> | undefined, n = 0; ; n++) {
    try {
      history ??= await governedHistory(db);
      const items = Array.from({ length: 20 }, (_, at): Given => at === 0 ? { type: 'Patient', id: `p${n % 7}`, text: `${n}` }
        : { type: 'Observation', id: `o${(n * 19 + at) % 200}`, patient: `p${n % 7}`, text: at === 1 ? `held ${n}` : `${n}` });
      await history.govern(items);
      if (n % 5 === 0) {
        const { rows } = await db.query<{ id: string }>(`select version_id as id from feed_entry where kind = 'release' order by sequence desc limit 3`);
        await history.retract(rows.map((row) => row.id), ['care'], 'reversed');
      }
    } catch (error) {
      complain(error);
      await sleep(100);
    }
  }
}

if (part === 'stages') await stages();
else if (part === 'sequencer') {
  await keepLedger({
    db, key: await settleKey(join(folder, 'key.pem')), anchors: [fileAnchor(join(folder, 'checkpoints.jsonl'))], signal: forever, everyMs: 20, checkpointEveryMs: 300,
    log: { info: () => {}, warn: (facts, says) => console.error(says, JSON.stringify(facts)) },
  });
} else {
  const app = Fastify();
  await app.register(feedRoutes, { db, appendEvent });
  await app.listen({ host: '127.0.0.1', port: Number(port) });
}
