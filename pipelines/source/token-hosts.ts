/** Whether a bearer token may go along with a request to this address. */
export type MayHaveToken = (url: URL) => boolean;

/**
 * A token is for the EHR it was asked for: its own host and port, and the hosts (`host` or `host:port`)
 * that the source's settings name. Links in manifests and pages lead where a server says, so nothing
 * else sees it, and none goes over plain http where the EHR itself is https (RFC 6750 5.3).
 */
export function tokenHosts(base: string, more: readonly string[] = []): MayHaveToken {
  const own = new URL(base);
  const hosts = new Set([own, ...more.map((host) => new URL(`${own.protocol}//${host}`))].map(placeOf));
  return (url) => hosts.has(placeOf(url)) && (url.protocol === 'https:' || own.protocol === 'http:');
}

/** This machine has several names. */
const placeOf = ({ hostname, port }: URL): string => `${/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? 'localhost' : hostname}:${port}`;
