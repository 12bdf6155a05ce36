import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { applyRange } from '../byte-range.ts';
import { refuse, type Answer } from '../exchange.ts';
import { send } from '../send.ts';
import { misbehaviour } from './misbehaviour.ts';

export const downloadRedirects = misbehaviour({
  name: 'download-redirects', seenAt: 'Cerner',
  does: 'Downloads answer 307 to a storage host of another origin, whose links are signed; it refuses (400) a request that brings an Authorization header.',
  parameters: {},
  async start() {
    const stored = new Map<string, Answer>(); // by path and signature
    const storage = createServer((request, response) => {
      const file = stored.get(request.url ?? '');
      const answer = request.headers.authorization
        ? refuse(400, 'security', 'Only one way of authorization is allowed; the link is signed.')
        : file ?? refuse(403, 'forbidden', 'The signature does not match.');
      void send(response, applyRange(answer, request.headers));
    });
    await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
    const { port } = storage.address() as AddressInfo;
    return {
      after({ kind, url }, answer) {
        if (kind !== 'download' || answer.status !== 200) return undefined;
        const signed = `/storage${url}?signature=${Buffer.from(url).toString('base64url').slice(-24)}`;
        stored.set(signed, answer);
        return { status: 307, headers: { location: `http://localhost:${port}${signed}` }, body: [] };
      },
      stop() {
        storage.close();
        storage.closeAllConnections();
      },
    };
  },
});
