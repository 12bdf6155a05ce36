import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { signedInApi, type SignedInApi, type Visitor } from '../../test/support/sign-in.ts';
import { people } from '../../sandbox/people.ts';
import type { Role } from '../../terms/role.ts';
import { allows, permissions } from './permissions.ts';

const { db } = await testDatabase();
let api: SignedInApi;
const visitors: { role: Role; visitor: Visitor }[] = [];
beforeAll(async () => {
  api = await signedInApi(db);
  for (const { subject, roles } of people) {
    const [role] = roles as Role[];
    if (role !== undefined && !visitors.some((one) => one.role === role)) visitors.push({ role, visitor: await api.as(subject) });
  }
});
afterAll(() => api.stop());

/** Signing out and back in would end the walk; these are walked elsewhere. */
const elsewhere = new Set(['GET /auth/sign-in', 'GET /auth/callback', 'POST /auth/sign-out', 'GET /fhir/Task', 'GET /fhir/Task/:id', 'GET /feeds', 'GET /feeds/:feed/contract', 'GET /feeds/:feed/contract/:type', 'GET /feeds/:feed/entries', 'GET /metrics', 'GET /healthz',
  'POST /feeds/:feed/acknowledgements', 'GET /notices', 'POST /notices/:id/noted', 'GET /ledger/log/checkpoint', 'GET /ledger/log/tile/:level/*']);
const walked = Object.keys(permissions).filter((route) => !elsewhere.has(route));
const address = (url: string): string => url.replace(':id', '999999999').replace(':name', 'nowhere').replace(':n', '0').replace(':code', 'ASSAY_INTERNAL');

test('every route is there, and each role is let in or kept out as its row says', async () => {
  for (const route of walked) {
    const [method = '', url = ''] = route.split(' ');
    for (const { role, visitor } of visitors) {
      const { status, body } = await visitor.send<{ code?: string }>(method, address(url), method === 'GET' ? undefined : {});
      const code = typeof body === 'object' ? (body as { code?: string }).code : undefined;
      expect(code, `${route} is served`).not.toBe('ASSAY_NOT_FOUND');
      expect(status, `${route} as ${role}`).not.toBe(500);
      expect(code === 'ASSAY_FORBIDDEN', `${route} as ${role}: ${status} ${code}`).toBe(!allows(permissions[route]!, [role]));
    }
    const stranger = await api.visitor().send<{ code?: string }>(method, address(url), method === 'GET' ? undefined : {});
    expect(stranger.status === 401, `${route} signed out: ${stranger.status}`).toBe(permissions[route] !== 'public');
  }
  console.log(`walked: ${walked.length} routes × ${visitors.length} roles and signed out`);
});
