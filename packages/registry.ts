import { FHIRRegistryClient, NPMRegistryClient } from 'fhir-package-loader';
import type { Readable } from 'node:stream';
import { AssayError } from '../terms/errors.ts';

/** A registry of packages: its address is the deployment's to set; `npm` for one that speaks npm's protocol. */
export type Registry = { readonly url: string; readonly protocol?: 'fhir' | 'npm' };

const timeoutMs = 60_000;
const maxBytes = 512 << 20;

/** Fetches a package's .tgz by name and version (`6.1.0`, `6.1.x`, `latest`). */
export const download = async (registry: Registry, name: string, version: string): Promise<{ readonly version: string; readonly bytes: Buffer }> => {
  const client = registry.protocol === 'npm' ? new NPMRegistryClient(registry.url) : new FHIRRegistryClient(registry.url, {});
  try {
    const exact = await client.resolveVersion(name, version);
    const stream: Readable = await client.download(name, exact);
    const timer = setTimeout(() => stream.destroy(new Error('timeout')), timeoutMs);
    const parts: Buffer[] = [];
    let size = 0;
    try {
      for await (const part of stream as AsyncIterable<Buffer>) {
        size += part.length;
        if (size > maxBytes) throw new Error('too large');
        parts.push(part);
      }
    } finally { clearTimeout(timer); }
    return { version: exact, bytes: Buffer.concat(parts) };
  } catch (error) {
    throw new AssayError('ASSAY_PACKAGE_REGISTRY', `${name}@${version}`, { cause: error });
  }
};
