import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to whoever asks for any (IANA: from 49152; Linux: from 32768): those go to somebody else before they are used. */
const somePort = (): number => randomInt(20_000, 32_000);

/** The port wanted if it is free on loopback, else any free one. */
export async function freePort(wanted = somePort()): Promise<number> {
  const port = await tryPort('127.0.0.1', wanted);
  // Browsers try `localhost` as ::1 first: who listens there would answer in our place.
  return port !== undefined && await tryPort('::1', port) !== undefined ? port : freePort();
}

/** @returns undefined where somebody listens there already; the port itself where the machine has no such address */
function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' ? port : undefined));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
