import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Scripted = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | object };
export type Asked = { readonly path: string; readonly headers: IncomingMessage['headers']; readonly method: string; readonly body: string };

/** A server whose answers a test writes, for what the sandbox is too well-behaved to say. `answer` gets each request in turn. */
export async function scriptedEhr(answer: (asked: Asked) => Scripted | undefined) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = { path: request.url ?? '', headers: request.headers, method: request.method ?? '', body: await text(request) };
    asked.push(one);
    const { status, headers = {}, body = '' } = answer(one) ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
