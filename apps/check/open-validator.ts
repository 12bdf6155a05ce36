import { availableParallelism } from 'node:os';
import { definitionsFrom, inSharedMemory } from '../../packages/definition-store.ts';
import { loadStores } from '../../packages/load.ts';
import { AssayError } from '../../terms/errors.ts';
import { createProfileValidator, type ProfileValidator, type ValidateOptions } from '../../validators/profile/validator.ts';
import type { TerminologyFacts } from '../../validators/terminology/facts.ts';
import { checkBlock, type Piece } from './check.ts';
import { startCheckThreads } from './check-threads.ts';
import { formats } from './formats.ts';
import { piecesAlone, piecesInOrder } from './in-order.ts';
import type { BlockMemory } from './block-memory.ts';
import type { Block } from './blocks.ts';
import type { Report } from './report.ts';

/** What one thread does alone: another compiles for itself, and until it has, it takes more time than it saves. Bytes of JSON. */
const alone = 256 * 1024 * 1024;

export type OpenValidator = {
  /** Of this thread: made when first asked for. */
  readonly validator: ProfileValidator;
  readonly report: Report;
  /** The piece of each block, in the order of the blocks, by as many threads as were asked for; the memory they are in is given back to `memory`. */
  pieces(blocks: AsyncIterable<Block>, memory: BlockMemory): AsyncGenerator<Piece>;
};

/** `bytes`: how many there are to check. */
type Asked = { readonly bytes: number; readonly threads: string; readonly format: string; readonly version: string; readonly options: ValidateOptions };

/**
 * The validator over packages, on this thread and others. Facts are kept on this one: with them it works alone.
 * @throws AssayError ASSAY_ARGUMENT_INVALID
 */
export async function openValidator(packages: readonly string[], { bytes, threads, format, version, options }: Asked, facts: TerminologyFacts | undefined): Promise<OpenValidator> {
  const report = formats.get(format)?.(version);
  if (report === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', `--format takes ${[...formats.keys()].join(', ')}`);
  if (!/^[1-9]\d?$/.test(threads)) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--threads takes a number from 1 to 99');
  const count = facts === undefined && bytes >= alone ? Math.min(Number(threads), availableParallelism()) : 1;
  const loaded = await loadStores(packages);
  const stores = count > 1 ? loaded.map(inSharedMemory) : loaded;
  const data = { stores, format, version, options };
  let made: ProfileValidator | undefined;
  const validator = (): ProfileValidator => made ??= createProfileValidator({ packages: definitionsFrom(stores), facts });
  return {
    get validator() { return validator(); },
    report,
    async *pieces(blocks, memory) {
      if (count === 1) { yield* piecesAlone(blocks, checkBlock(validator(), report, options), memory); return; }
      const pool = startCheckThreads(data, count);
      try { yield* piecesInOrder(blocks, pool, memory); } finally { await pool.close(); }
    },
  };
}
