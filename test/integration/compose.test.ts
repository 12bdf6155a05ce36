import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { requireOrSkip } from '../support/require.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const secrets = { POSTGRES_PASSWORD: 'for-this-check', ASSAY_PAYLOAD_KEY: Buffer.alloc(32).toString('base64') };

function config(env: NodeJS.ProcessEnv, ...args: string[]): string {
  return execFileSync('docker-compose', ['config', ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], ...env } });
}

test('docker-compose accepts the file and finds every service with a health check', (context) => {
  requireOrSkip(context, 'docker-compose');
  config(secrets, '-q');
  const services = config(secrets, '--services').trim().split('\n').sort();
  expect(services).toEqual(['api', 'kafka', 'postgres', 'temporal', 'temporal-ui', 'worker']);
  const whole = config(secrets);
  expect(whole.match(/healthcheck:/g)).toHaveLength(services.length);
  for (const [, image] of whole.matchAll(/image: (\S+)/g)) expect(image).toMatch(/:v?\d+\.\d+/);
});

test('it does not start without its secrets', (context) => {
  requireOrSkip(context, 'docker-compose');
  expect(() => config({}, '-q')).toThrow(/POSTGRES_PASSWORD/);
});
