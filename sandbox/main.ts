import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { JSONWebKeySet } from 'jose';
import { startSandbox, type Client } from './server.ts';

const usage = `usage: node sandbox/main.ts [--port N] [--host H] [--data DIR] [--no-auth] [--client-id ID]
  [--public-key FILE]   PEM public key, or a JWK Set
  [--misbehave NAME | '{"name":"…", …}']…   [--defects | --no-defects] [--token-seconds N] [--export-seconds N]`;

function readClient(clientId: string, file: string): Client {
  const text = readFileSync(file, 'utf8');
  if (!text.trimStart().startsWith('{')) return { clientId, publicKeyPem: createPublicKey(text).export({ type: 'spki', format: 'pem' }).toString() };
  const jwks = JSON.parse(text) as JSONWebKeySet | { kty: string };
  return { clientId, jwks: 'keys' in jwks ? jwks : { keys: [jwks] } };
}

try {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      port: { type: 'string', default: '8095' }, host: { type: 'string', default: '127.0.0.1' }, data: { type: 'string' },
      auth: { type: 'boolean', default: true }, 'client-id': { type: 'string', default: 'fhir-assay' },
      'public-key': { type: 'string' }, misbehave: { type: 'string', multiple: true, default: [] },
      defects: { type: 'boolean' }, 'token-seconds': { type: 'string', default: '300' },
      'export-seconds': { type: 'string', default: '0.5' }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const sandbox = await startSandbox({
    port: Number(values.port), host: values.host, auth: values.auth,
    tokenSeconds: Number(values['token-seconds']), exportSeconds: Number(values['export-seconds']),
    clients: values['public-key'] ? [readClient(values['client-id'], values['public-key'])] : [],
    misbehaviours: values.misbehave.map((text) => (text.startsWith('{') ? JSON.parse(text) : { name: text })),
    ...(values.data !== undefined && { data: values.data }),
    ...(values.defects !== undefined && { defects: values.defects }),
  });
  console.log(`FHIR ${sandbox.fhirBase}\ntoken ${sandbox.tokenUrl}\ncontrol ${sandbox.url}/sandbox/misbehaviour`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exit(2);
}
