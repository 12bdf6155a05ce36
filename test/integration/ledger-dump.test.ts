import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../../apps/cli.ts';
import { connect } from '../../storage/connect.ts';
import { migrate } from '../../storage/migrate.ts';
import { governedHistory } from '../support/governed-history.ts';
import { startMachinePostgres } from '../support/machine-postgres.ts';
import { requireForFile } from '../support/require.ts';
import { makeScratch } from '../support/scratch.ts';
import { testTemporal } from '../support/temporal.ts';

// docs/audit.md, "Restore from a backup", with a dump: rows are written anew, and the log is whole and goes on.

if (requireForFile('postgres-programs')) {
  const { address, namespace } = await testTemporal();
  const home = await makeScratch('dump');
  await chmod(home.path, 0o755);
  const server = await startMachinePostgres(home.path);
  afterAll(async () => { server.stop(); await home.remove(); });
  const dump = join(server.data, 'assay.dump');

  const assay = async (database: string, ...args: string[]) => {
    let [out, err] = ['', ''];
    const env = { DATABASE_URL: server.url(database), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, ASSAY_HOME: home.path };
    const code = await runCli(args, { out: (text) => { out += text; }, err: (text) => { err += text; }, env, cwd: home.path, stop: new AbortController().signal });
    return { code, out, err };
  };
  const govern = async (database: string, patient: string): Promise<void> => {
    const db = connect(server.url(database));
    await migrate(db);
    await (await governedHistory(db)).govern([{ type: 'Patient', id: patient }, { type: 'Observation', id: `${patient}-o`, patient }, { type: 'Observation', id: `${patient}-h`, patient, text: 'held' }]);
    await db.close();
  };
  const restore = (database: string): void => {
    server.run('createdb', database);
    server.run('pg_restore', '--dbname', database, '--exit-on-error', '--no-owner', dump);
  };
  const whole = { code: 0, out: expect.stringContaining('Nothing was changed, removed or added.') as string };
  let origin = '';

  beforeAll(async () => {
    server.run('createdb', 'assay');
    await govern('assay', 'p');
    origin = (await assay('assay', 'audit', 'checkpoint')).out.split('\n')[0]!;
    server.run('pg_dump', '--format=custom', '--file', dump, 'assay');
  }, 60_000);

  test('the newest dump restored: every row, leaf and chain verifies against the anchors, and the log goes on under its name', async () => {
    restore('newest');
    expect(await assay('newest', 'audit', 'verify')).toMatchObject(whole);
    await govern('newest', 'q');
    expect((await assay('newest', 'audit', 'checkpoint')).out.split('\n')[0]).toBe(origin);
    expect(await assay('newest', 'audit', 'verify')).toMatchObject(whole);
  }, 60_000);

  test('an older dump restored: nothing is signed until what is lost is said; then the log goes on under a new name', async () => {
    restore('older');
    expect(await assay('older', 'audit', 'checkpoint')).toMatchObject({ code: 1, err: expect.stringContaining('ASSAY_LEDGER_ROLLED_BACK') as string });
    expect(await assay('older', 'audit', 'restored', '--because', 'The disk failed.')).toMatchObject({ code: 0, err: '' });
    await govern('older', 'r');
    expect((await assay('older', 'audit', 'checkpoint')).out.split('\n')[0]).toBe(`${origin}/2`);
    const after = await assay('older', 'audit', 'verify');
    expect(after).toMatchObject(whole);
    expect(after.out).toMatch(/restored from a backup: of fhir-assay\/\w+ the first \d+ leaves are here, and the \d+ behind them, which were remembered outside, are lost\./);
  }, 60_000);
}
