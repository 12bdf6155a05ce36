import { spawn } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { askToken, assertion, makeKey } from './trial-client.ts';

const main = join(import.meta.dirname, 'main.ts');

function folder() {
  const made = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test('the command serves a folder to the key it is given, misbehaving as told, until it is stopped', async () => {
  const data = folder(), key = makeKey('RS384', 'mine');
  writeFileSync(join(data, 'Patient.ndjson'), '{"resourceType":"Patient","id":"a"}\r\n\r\n{"id":"b","meta":{"lastUpdated":"2020-01-01T00:00:00Z"},"resourceType":"Patient"}');
  writeFileSync(join(data, 'key.pem'), createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }));
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data, '--client-id', 'mine', '--public-key', join(data, 'key.pem'), '--misbehave', 'search-mode-absent'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) if (said.push(line.split(' ')[1] ?? '') === 3) break;
  const [fhirBase = '', tokenUrl = '', control = ''] = said;

  const { access_token } = (await (await askToken(tokenUrl, await assertion(key, tokenUrl))).json()) as { access_token: string };
  const searched = await fetch(`${fhirBase}/Patient?_lastUpdated=lt2021`, { headers: { authorization: `Bearer ${access_token}` } });
  expect(await searched.json()).toMatchObject({ total: 1, entry: [{ resource: { id: 'b' } }] });
  expect(await (await fetch(control)).json()).toMatchObject({ active: [{ name: 'search-mode-absent', acted: 1 }] });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([['--data', '/no/such/folder'], ['--data', folder], ['--misbehave', 'no-such-thing'], ['--colour', 'blue']])(
  'wrong use ends with code 2 and the usage: %s', async (option, value) => {
    const child = spawn(process.execPath, [main, '--port', '0', option, typeof value === 'string' ? value : value()], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(said).toContain('usage:');
  });
