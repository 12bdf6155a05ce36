import { afterAll, describe, expect, test } from 'vitest';
import { consoleApi } from '../../test/support/console-api.ts';
import { testDatabase } from '../../test/support/database.ts';
import { assertLoopbackOrAuthenticated } from './security.ts';

describe('without sign-in only this machine may reach the API', () => {
  test.each(['127.0.0.1', '127.0.0.53', '::1', 'localhost'])('%s may be bound', (host) => {
    expect(() => assertLoopbackOrAuthenticated(host, { signIn: false, open: false })).not.toThrow();
  });
  test.each(['0.0.0.0', '::', '10.0.0.4', 'ehr.example.org', '127.example.org'])('%s may not', (host) => {
    expect(() => assertLoopbackOrAuthenticated(host, { signIn: false, open: false })).toThrow(expect.objectContaining({ code: 'ASSAY_API_UNGUARDED' }));
    expect(() => assertLoopbackOrAuthenticated(host, { signIn: true, open: false })).not.toThrow();
    expect(() => assertLoopbackOrAuthenticated(host, { signIn: false, open: true })).not.toThrow();
  });
});

const { db } = await testDatabase();
const api = await consoleApi(db, { hosts: ['assay.example.org'] });
afterAll(() => api.close());

describe('another site’s page', () => {
  test('cannot act through the reader’s browser', async () => {
    const post = (headers: Record<string, string>) => api.inject({ method: 'POST', url: '/api/sources/none/runs', headers });
    expect((await post({ 'sec-fetch-site': 'cross-site' })).json()).toMatchObject({ status: 403, code: 'ASSAY_REQUEST_CROSS_SITE' });
    expect((await post({ 'sec-fetch-site': 'same-site' })).statusCode).toBe(403);
    expect((await post({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(404);
    expect((await post({})).statusCode).toBe(404);
  });
  test.each([['evil.example.org', 421], ['127.0.0.1:3000', 200], ['[::1]:3000', 200], ['localhost', 200], ['assay.example.org', 200]])(
    'under the name %s is answered %i', async (host, status) => {
      expect((await api.inject({ url: '/api/sources', headers: { host } })).statusCode).toBe(status);
    });
});

test('no script but our own files’ may run', async () => {
  for (const url of ['/api/sources', '/nothing', '/docs/', '/openapi.json']) {
    const policy = (await api.inject(url)).headers['content-security-policy'];
    expect(policy, url).toMatch(/script-src 'self'(;|$| 'sha)/);
    expect(policy, url).not.toMatch(/script-src[^;]*'unsafe/);
  }
});
