import { bucketOf, bucketRoot, headsRoot, namedSubject, nextDigest } from './chains.ts';
import { digestBytes, digestOf, type Digest } from './merkle.ts';

/** Builds the chains again from what the leaves touch, and the root over their heads. */
export class ChainsReplay {
  /** By subject. */
  readonly heads = new Map<Digest, { count: number; link: Digest }>();
  readonly #buckets = new Map<number, Digest[]>();
  /** Of buckets that did not move since. */
  readonly #roots = new Map<number, Buffer>();
  readonly #moved = new Set<Digest>();

  touch(subject: Digest, leaf: number, hash: Digest): void {
    let head = this.heads.get(subject);
    if (head === undefined) {
      this.heads.set(subject, head = { count: 0, link: subject });
      const bucket = bucketOf(digestBytes(subject));
      const members = this.#buckets.get(bucket);
      if (members === undefined) this.#buckets.set(bucket, [subject]);
      else members.push(subject);
    }
    head.count++;
    head.link = nextDigest(head.link, leaf, hash);
    this.#moved.add(subject);
  }

  root(): Buffer {
    for (const subject of this.#moved) this.#roots.delete(bucketOf(digestBytes(subject)));
    this.#moved.clear();
    for (const [bucket, members] of this.#buckets) {
      if (this.#roots.has(bucket)) continue;
      this.#roots.set(bucket, bucketRoot(members.map((subject) => {
        const { count, link } = this.heads.get(subject)!;
        return { subject: digestBytes(subject), count, link: digestBytes(link) };
      })));
    }
    return headsRoot(this.#roots);
  }
}

/** Subjects of consumers and viewers, of whom there are few and who come again and again. */
const named = new Map<string, Digest>();
const NAMED = 10_000;

function subjectOf(kind: 'consumer' | 'viewer', name: string | number): Digest {
  const key = `${kind}/${name}`;
  let subject = named.get(key);
  if (subject === undefined) {
    if (named.size === NAMED) named.clear();
    named.set(key, subject = digestOf(namedSubject(kind, name)));
  }
  return subject;
}

/** Chains that an event touches by its body alone: those of whom it is `about`, its consumer's, and the viewer's. */
export function namedTouches(body: Readonly<Record<string, unknown>>): Digest[] {
  const touched: Digest[] = [];
  if (typeof body['consumer'] === 'number') touched.push(subjectOf('consumer', body['consumer']));
  if ((body['kind'] === 'record-viewed' || body['kind'] === 'export-made') && typeof body['by'] === 'string') touched.push(subjectOf('viewer', body['by']));
  if (Array.isArray(body['about'])) {
    for (const subject of body['about']) if (typeof subject === 'string' && /^[\da-f]{64}$/i.test(subject)) touched.push(digestOf(Buffer.from(subject, 'hex')));
  }
  return touched;
}
