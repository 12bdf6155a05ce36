import { bucketOf, bucketRoot, headsRoot, namedSubject, nextLink, type ChainHead } from './chains.ts';

/** Builds the chains again from what the leaves touch, and the root over their heads. */
export class ChainsReplay {
  readonly heads = new Map<string, { subject: Buffer; count: number; link: Buffer }>();
  readonly #buckets = new Map<number, Set<string>>();
  readonly #roots = new Map<number, Buffer>();

  touch(subject: Buffer, leaf: number, hash: Buffer): void {
    const key = subject.toString('latin1');
    const bucket = bucketOf(subject);
    let head = this.heads.get(key);
    if (head === undefined) {
      this.heads.set(key, head = { subject, count: 0, link: subject });
      const members = this.#buckets.get(bucket);
      if (members === undefined) this.#buckets.set(bucket, new Set([key]));
      else members.add(key);
    }
    head.count++;
    head.link = nextLink(head.link, leaf, hash);
    this.#roots.delete(bucket);
  }

  root(): Buffer {
    for (const [bucket, members] of this.#buckets) {
      if (this.#roots.has(bucket)) continue;
      this.#roots.set(bucket, bucketRoot([...members].map((key): ChainHead => this.heads.get(key)!)));
    }
    return headsRoot(this.#roots);
  }
}

/** Chains that an event touches by its body alone: those of whom it is `about`, its consumer's, and the viewer's. */
export function namedTouches(body: Readonly<Record<string, unknown>>): Buffer[] {
  const touched: Buffer[] = [];
  if (typeof body['consumer'] === 'number') touched.push(namedSubject('consumer', body['consumer']));
  if ((body['kind'] === 'record-viewed' || body['kind'] === 'export-made') && typeof body['by'] === 'string') touched.push(namedSubject('viewer', body['by']));
  if (Array.isArray(body['about'])) touched.push(...body['about'].map((subject) => Buffer.from(String(subject), 'hex')).filter((subject) => subject.length === 32));
  return touched;
}
