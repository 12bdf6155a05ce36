/** `npm run proof -- ledger [COUNT] [SEED]`: random tamperings, and honest histories with crashes in them; written to docs/proof/ledger.md. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '../../storage/connect.ts';
import { honestTrial, tamperTrial, type FreshDatabase } from '../support/ledger-trial.ts';
import { startSharedPostgres, withDatabase } from '../support/shared-postgres.ts';

const [count = 200, seed = 1] = process.argv.slice(2).map(Number);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const { told, stop } = await startSharedPostgres();
const fresh: FreshDatabase = async () => {
  const name = `proof_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(told.url, { connections: 1 });
  await admin.query(`create database ${name} template ${told.template}`);
  await admin.close();
  const db = connect(withDatabase(told.url, name));
  return { db, drop: () => db.close() };
};
const began = performance.now();
const tampered = await tamperTrial(fresh, count, seed);
const honest = await honestTrial(fresh, count, seed);
await stop();
const text = [
  '# The ledger: tamperings and honest histories', '',
  `${new Date().toISOString().slice(0, 10)}, commit ${commit}, seed ${seed}, ${Math.round((performance.now() - began) / 1_000)} s. \`npm run proof -- ledger ${count} ${seed}\``, '',
  '| | |', '|---|---|',
  `| random tamperings by the database’s owner | ${tampered.tried} |`, `| of these missed, or not named by table and row | ${tampered.missed.length} |`,
  `| honest random histories | ${honest.histories} |`, `| steps of them cut short by a crash | ${honest.crashes} |`, `| alarms on them | ${honest.alarms.length} |`, '',
  ...tampered.missed.map((one) => `- missed: ${one}`), ...honest.alarms.map((one) => `- alarm: ${one.says}`),
].join('\n');
const folder = join(import.meta.dirname, '..', '..', 'docs', 'proof');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'ledger.md'), `${text.trimEnd()}\n`);
console.log(text);
process.exitCode = tampered.missed.length === 0 && honest.alarms.length === 0 ? 0 : 1;
