/** `npm run proof -- ledger-size [LEAVES] [ENTRIES]`: every question of governance over a long log; written to docs/proof/ledger-size.md. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../../apps/services/postgres.ts';
import { asQuery } from '../../ledger/as-query.ts';
import { makeCheckpoint } from '../../ledger/checkpoint.ts';
import { verifyStore } from '../../ledger/verify/store.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { ledgerAtSize, timeQuestions } from '../support/ledger-at-size.ts';
import { makeScratch } from '../support/scratch.ts';

const [leaves = 10_000_000, entries = 1_000_000] = process.argv.slice(2).map(Number);
const LIMIT_MS = 300;
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const scratch = await makeScratch('ledger-size');
await chmod(scratch.path, 0o755); // PostgreSQL may run as another user
const server = await findPostgres({ home: scratch.path, say: () => {}, settings: { synchronous_commit: 'off', max_wal_size: '8GB' } });
const db = connect(server.url);
await migrate(db);
const began = performance.now();
const seconds = (since: number): number => Math.round((performance.now() - since) / 1_000);
const say = (line: string): void => void process.stderr.write(`${seconds(began)} s: ${line}\n`);
const size = await ledgerAtSize(db, { leaves, entries }, say);
await makeCheckpoint({ db, key: generateKeyPairSync('ed25519').privateKey, anchors: [] });
say('a checkpoint is signed');
const timed = await timeQuestions(db, size);
say('every question is asked');
const { rows: tables } = await db.query<{ name: string; rows: number; heap: string; indexes: string }>(
  `select relname as name, reltuples::float8 as rows, pg_size_pretty(pg_table_size(oid)) as heap, pg_size_pretty(pg_indexes_size(oid)) as indexes
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by pg_total_relation_size(oid) desc limit 10`);
const { rows: indexes } = await db.query<{ name: string; size: string }>(
  `select c.relname as name, pg_size_pretty(pg_relation_size(c.oid)) as size from pg_class c join pg_index i on i.indexrelid = c.oid
    where c.relnamespace = 'public'::regnamespace order by pg_relation_size(c.oid) desc limit 15`);
const verifying = performance.now();
const verified = await verifyStore({ query: asQuery(db) });
const verifiedIn = seconds(verifying);
say(`verified: ${verified.troubleCount} troubles`);
await db.close();
await server.stop();
await scratch.remove();
const quick = timed.every(({ median, rows, listing }) => rows > 0 && (listing || median < LIMIT_MS));
const n = (value: number): string => value.toLocaleString('en');
const text = [
  '# Questions of governance over a long log', '',
  `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${cpus().length} cores, ${seconds(began)} s. \`npm run proof -- ledger-size ${leaves} ${entries}\``, '',
  `${n(size.leaves)} leaves, ${n(size.entries)} entries of the feeds. The entries came through the stages; a fifth of the leaves are looks at records, the rest ranges that consumers were given and steps of cases, written by SQL as leaves, as the sequencer would place them: the whole store verifies, in ${verifiedIn} s (${n(Math.round(verified.size / verifiedIn))} leaves a second, ${verified.troubleCount} troubles). Each question was asked seven times. ${quick ? `Each answers in less than ${LIMIT_MS} ms.` : `Not each answers in less than ${LIMIT_MS} ms.`}`, '',
  '| question | rows | median | slowest |', '|---|---|---|---|',
  ...timed.map(({ question, listing, rows, median, slowest }) => `| ${question}${listing ? ' (a listing)' : ''} | ${n(rows)} | ${median.toFixed(1)} ms | ${slowest.toFixed(1)} ms |`), '',
  '| table | rows | data | indexes |', '|---|---|---|---|', ...tables.map((one) => `| ${one.name} | ${n(one.rows)} | ${one.heap} | ${one.indexes} |`), '',
  '| index | size |', '|---|---|', ...indexes.map((one) => `| ${one.name} | ${one.size} |`), '',
].join('\n');
const folder = join(import.meta.dirname, '..', '..', 'docs', 'proof');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'ledger-size.md'), text);
console.log(text);
process.exitCode = quick && verified.troubleCount === 0 ? 0 : 1;
