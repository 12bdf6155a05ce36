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

test('it can have several workers: none of their ports is fixed', (context) => {
  requireOrSkip(context, 'docker-compose');
  const parts = new Map(config(secrets).split(/^  (?=[a-z-]+:$)/m).map((part) => [part.slice(0, part.indexOf(':')), part]));
  expect(parts.get('worker')).toContain('command:');
  expect(parts.get('worker')).not.toContain('ports:');
  // What must outlive a container lies in a volume, and the roles wait for what they need.
  for (const name of ['postgres', 'kafka', 'worker', 'api']) expect(parts.get(name)).toContain('volumes:');
  for (const name of ['kafka', 'postgres', 'temporal']) expect(parts.get('worker')).toMatch(new RegExp(`${name}:\\s+condition: service_healthy`));
});
