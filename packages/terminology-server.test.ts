import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPackages } from './load.ts';
import { createProfileValidator } from '../validators/profile/validator.ts';
import { terminologyServer } from './terminology-server.ts';

/** What a server may answer: the protocol's edges, which no one real server shows all of. HAPI's answers: test/integration/hapi.test.ts. */
type Behaviour = { readonly batches: boolean; readonly hangs?: boolean };
const known = new Set(['http://loinc.org|8310-5']);
const parameters = (code: string, system: string) => system.includes('unknown')
  ? { resourceType: 'Parameters', parameter: [{ name: 'result', valueBoolean: false }, { name: 'message', valueString: `Unknown code system: ${system}` }] }
  : { resourceType: 'Parameters', parameter: [{ name: 'result', valueBoolean: known.has(`${system}|${code}`) }, { name: 'display', valueString: 'Body temperature' }] };

let server: Server, behaviour: Behaviour, requests: string[];
beforeEach(async () => {
  behaviour = { batches: true };
  requests = [];
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      requests.push(`${request.method} ${request.url}`);
      const send = (body: object, status = 200) => { response.writeHead(status, { 'content-type': 'application/fhir+json' }); response.end(JSON.stringify(body)); };
      if (request.url === '/metadata') return send({ resourceType: 'CapabilityStatement', software: { name: 'test', version: '1' } });
      if (behaviour.hangs) return;
      const answer = (url: string) => { const { searchParams } = new URL(url, 'http://localhost'); return parameters(searchParams.get('code')!, searchParams.get('system') ?? searchParams.get('url')!); };
      if (request.method === 'GET') return send(answer(request.url!));
      if (!behaviour.batches) return send({ resourceType: 'OperationOutcome', issue: [] }, 400);
      const { entry } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { entry: { request: { url: string } }[] };
      send({ resourceType: 'Bundle', type: 'batch-response', entry: entry.map((e) => ({ resource: answer(`/${e.request.url}`) })) });
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
afterEach(() => { server.closeAllConnections(); server.close(); });
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const observation = (system: string, code: string, display?: string) => Buffer.from(JSON.stringify({ resourceType: 'Observation', status: 'final', code: { coding: [{ system, code, ...(display ? { display } : {}) }] } }));

describe('a terminology server', () => {
  it('tells what is in a value set that no package has', async () => {
    const profile = { resourceType: 'StructureDefinition', url: 'http://a.example/bound', name: 'Bound', status: 'active', kind: 'resource', abstract: false, type: 'Observation', derivation: 'constraint',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation', differential: { element: [{ id: 'Observation.code', path: 'Observation.code', binding: { strength: 'required', valueSet: 'http://a.example/temperatures' } }] } };
    const folder = await mkdtemp(join(tmpdir(), 'assay-bound-'));
    try {
      await writeFile(join(folder, 'bound.json'), JSON.stringify(profile));
      const terminology = await terminologyServer({ url: url() });
      const validator = createProfileValidator({ packages: await loadPackages([join(folder, 'bound.json')]), facts: terminology.facts });
      const said = (code: string) => validator.validate(observation('http://loinc.org', code), { profiles: [profile.url] }).filter((f) => f.rule === 'terminology-binding').map((f) => [f.severity, f.unevaluated]);
      expect([said('8310-5'), said('8302-2')]).toEqual([[['warning', true]], [['warning', true]]]);
      expect((await terminology.resolve()).open).toBe(0);
      expect([said('8310-5'), said('8302-2')]).toEqual([[], [['error', false]]]);
    } finally { await rm(folder, { recursive: true, force: true }); }
  }, 60_000);

  it('turns what could not be checked into right and wrong, in one batch, and is asked once', async () => {
    const terminology = await terminologyServer({ url: url() });
    const validator = createProfileValidator({ packages: await loadPackages(), facts: terminology.facts });
    const all = [observation('http://loinc.org', '8310-5', 'Fever'), observation('http://loinc.org', 'nonsense'), observation('http://unknown.example/cs', 'a')];
    const unchecked = all.map((bytes) => validator.validate(bytes).filter((f) => f.unevaluated).length);
    expect(unchecked.every((n) => n > 0)).toBe(true);
    expect(await terminology.resolve()).toMatchObject({ open: 0 });
    const rules = all.map((bytes) => validator.validate(bytes).filter((f) => f.rule.startsWith('terminology-')).map((f) => `${f.rule} ${f.severity}${f.unevaluated ? ' unevaluated' : ''}`));
    expect(rules[0]).toContain('terminology-display warning');
    expect(rules[1]).toContain('terminology-code error');
    expect(rules[2]).toContain('terminology-system warning unevaluated');
    expect(await terminology.resolve()).toEqual({ asked: 0, open: 0 });
    expect(requests.filter((r) => r.startsWith('POST'))).toHaveLength(1);
  }, 60_000);

  it('asks one by one where there are no batches', async () => {
    behaviour = { batches: false };
    const terminology = await terminologyServer({ url: url() });
    terminology.facts.want({ system: 'http://loinc.org', code: '8310-5' });
    terminology.facts.want({ system: 'http://loinc.org', code: 'x', valueSet: 'http://a.example/vs' });
    expect(await terminology.resolve()).toEqual({ asked: 2, open: 0 });
    expect(terminology.facts.answer({ system: 'http://loinc.org', code: '8310-5' })).toMatchObject({ holds: true });
    expect(terminology.facts.answer({ system: 'http://loinc.org', code: 'x', valueSet: 'http://a.example/vs' })).toMatchObject({ holds: false });
  });

  it('leaves a question open when the server hangs, and asks it again', async () => {
    const terminology = await terminologyServer({ url: url(), timeoutMs: 200 });
    behaviour = { batches: true, hangs: true };
    terminology.facts.want({ system: 'http://loinc.org', code: '8310-5' });
    expect(await terminology.resolve()).toEqual({ asked: 1, open: 1 });
    behaviour = { batches: true };
    expect(terminology.facts.answer({ system: 'http://loinc.org', code: '8310-5' })).toBeUndefined();
    terminology.facts.want({ system: 'http://loinc.org', code: '8310-5' });
    expect(await terminology.resolve()).toEqual({ asked: 1, open: 0 });
  }, 20_000);

  it('is refused where nothing answers as one', async () => {
    await expect(terminologyServer({ url: 'http://127.0.0.1:9', timeoutMs: 500 })).rejects.toMatchObject({ code: 'ASSAY_TERMINOLOGY_UNREACHABLE' });
  });
});
