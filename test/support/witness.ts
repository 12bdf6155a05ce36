import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { freePort } from '../../apps/services/free-port.ts';
import { startProcess, tail } from '../../apps/services/owned-process.ts';

const run = promisify(execFile);
const env = { ...process.env, PATH: `${process.env['PATH']}${delimiter}/usr/local/go/bin`, GOFLAGS: '-mod=readonly' };
const EMPTY_TREE = createHash('sha256').digest('base64');

export type RunningWitness = {
  readonly url: string;
  /** C2SP verifier key of its cosignatures. */
  readonly key: string;
  /** As its operator tells it, with a program that the module proxy refuses: a log of this origin, and keys of which one must have signed. */
  know(origin: string, ...keys: string[]): void;
  stop(): Promise<void>;
};

/** A C2SP tlog-witness that nobody here wrote: litewitness of filippo.io/torchwood, its key in an ssh-agent of its own. */
export async function startWitness(folder: string): Promise<RunningWitness> {
  const module = join(import.meta.dirname, '..', 'go-witness');
  await run('go', ['build', '-o', join(folder, 'litewitness'), 'filippo.io/torchwood/cmd/litewitness'], { cwd: module, env });
  const [database, socket, keyFile, log] = [join(folder, 'witness.db'), join(folder, 'agent'), join(folder, 'witness-key'), join(folder, 'witness.log')] as const;
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
  const { stdout } = await run('ssh-keygen', ['-l', '-f', keyFile]);
  const agent = startProcess('ssh-agent', ['-D', '-a', socket], { log, env });
  for (let tries = 0; tries < 100; tries++) {
    if (await run('ssh-add', ['-q', keyFile], { env: { ...env, SSH_AUTH_SOCK: socket } }).then(() => true, () => false)) break;
    await sleep(50);
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const fingerprint = stdout.split(' ')[1] ?? '';
  const served = startProcess(join(folder, 'litewitness'), ['-db', database, '-ssh-agent', socket, '-name', 'witness.example/w', '-key', fingerprint, '-listen', `127.0.0.1:${port}`], { log, env, stopSignal: 'SIGINT' });
  let key: string | undefined;
  for (let tries = 0; tries < 200 && key === undefined; tries++) {
    await sleep(50);
    if (await fetch(url).then((answer) => answer.ok, () => false)) key = /vkey="?(witness\.example\/w\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+)/.exec(await tail(log))?.[1];
  }
  const stop = async (): Promise<void> => { await served.stop(); await agent.stop(); };
  if (key === undefined) {
    await stop();
    throw new Error(`the witness did not start: ${await tail(log)}`);
  }
  return {
    url, key, stop,
    know(origin, ...keys) {
      const db = new DatabaseSync(database, { timeout: 5_000 });
      db.prepare('insert or ignore into log (origin, tree_size, tree_hash) values (?, 0, ?)').run(origin, EMPTY_TREE);
      for (const one of keys) db.prepare('insert into key (origin, key) values (?, ?)').run(origin, one);
      db.close();
    },
  };
}
