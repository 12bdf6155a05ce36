import type { ProfileFinding, ProfileValidator, ValidateOptions } from '../validators/profile/validator.ts';
import { createMemoryBound } from './memory-bound.ts';
import type { BatchFindings, ValidatorThreads } from './validator-threads.ts';

/** A batch is this many resources or bytes, whichever comes first. */
const batchResources = 200;
const batchBytes = 128 * 1024;
/** A longer resource is validated alone, here, with nothing else under way: it takes many times its length while it is. */
const long = 128 * 1024;
/** Bytes whose findings wait for their turn, and batches. */
const [mostBytes, mostBatches] = [2 * 1024 * 1024, 8];

type Done<Item> = { readonly items: readonly Item[]; readonly size: number; readonly found: Promise<BatchFindings> };

/**
 * Findings of each item, in the order of the items. The calling thread validates whenever the others have enough to do.
 * What is held is bounded: `mostBytes`, or one long resource.
 * @param threads none: this thread does all
 */
export async function* validateInOrder<Item extends { readonly bytes: Uint8Array }>(
  items: AsyncIterable<Item> | Iterable<Item>, validator: ProfileValidator, threads: ValidatorThreads | undefined, options?: ValidateOptions,
): AsyncGenerator<readonly [Item, readonly ProfileFinding[]]> {
  const under: Done<Item>[] = [];
  let batch: Item[] = [];
  let size = 0;
  let waiting = 0;
  const giveBack = createMemoryBound();
  const here = (some: readonly Item[]): BatchFindings => some.map(({ bytes }) => validator.validate(bytes, options));
  const close = (): void => {
    if (batch.length === 0) return;
    waiting += size;
    under.push({ items: batch, size, found: threads?.offer(batch.map(({ bytes }) => bytes), options) ?? Promise.resolve(here(batch)) });
    [batch, size] = [[], 0];
    giveBack();
  };
  const next = async function* (): AsyncGenerator<readonly [Item, readonly ProfileFinding[]]> {
    const { items: done, found, size: bytes } = under.shift()!;
    const findings = await found;
    waiting -= bytes;
    for (let i = 0; i < done.length; i++) yield [done[i]!, findings[i]!];
  };
  for await (const item of items) {
    const isLong = item.bytes.length > long;
    if (isLong || batch.length === batchResources || size + item.bytes.length > batchBytes) close();
    while (under.length > (isLong ? 0 : mostBatches) || waiting > mostBytes) yield* next();
    if (isLong) { yield [item, validator.validate(item.bytes, options)]; giveBack(); continue; }
    batch.push(item);
    size += item.bytes.length;
  }
  close();
  while (under.length > 0) yield* next();
}
