import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StallingProxy = { readonly url: string; /** While on, what comes gets no answer. */ stall(on: boolean): void; close(): void };

/** A server on the way to another one (http), which can be made to keep its callers waiting. */
export async function stalling(target: string): Promise<StallingProxy> {
  const { hostname, port, pathname } = new URL(target);
  let stalled = false;
  const server = createServer((incoming, answer) => {
    if (stalled) return; // the caller hangs up
    const onward = request({ hostname, port, path: `${pathname.replace(/\/$/, '')}${incoming.url ?? ''}`.replace(/\/$/, ''), method: incoming.method, headers: incoming.headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stall: (on) => { stalled = on; },
    close() { server.closeAllConnections(); server.close(); },
  };
}
