import { setTimeout as sleep } from 'node:timers/promises';
import { whileOnlyOne } from '../storage/only-one.ts';
import { AssayError } from '../terms/errors.ts';
import { makeCheckpoint, type Signing } from './checkpoint.ts';
import { sequence } from './sequence.ts';

export type Keeping = Omit<Signing, 'unreached'> & {
  readonly signal: AbortSignal;
  readonly log: { info(facts: object, says: string): void; warn(facts: object, says: string): void };
  /** Between looks for new events, and between checkpoints; milliseconds. What comes together is linked together: seldom is cheaper, and an event is a leaf within a second. */
  readonly everyMs?: number;
  readonly checkpointEveryMs?: number;
};

/** Keeps the tree up with the events until the signal. Many may run; one works, the others wait for its place. */
export async function keepLedger({ signal, log, everyMs = 500, checkpointEveryMs = 60_000, ...signing }: Keeping): Promise<void> {
  let failing = '';
  const warn = (error: unknown, says: string): void => {
    const code = error instanceof AssayError ? error.code : 'ASSAY_INTERNAL';
    // Once a trouble, not once a try.
    if (failing !== code) log.warn({ code, detail: error instanceof AssayError ? error.detail : undefined }, says);
    failing = code;
  };
  const unreached = (anchor: string, error: unknown): void => warn(error, `a checkpoint did not get to ${anchor}; it is put there again`);
  const working = async (lost: AbortSignal): Promise<void> => {
    const ends = AbortSignal.any([signal, lost]);
    for (let signedAt = -Infinity; !ends.aborted; await sleep(everyMs, undefined, { signal: ends }).catch(() => {})) {
      await sequence(signing.db);
      if (performance.now() - signedAt < checkpointEveryMs) continue;
      await makeCheckpoint({ ...signing, unreached }).then(() => { failing = ''; }, (error: unknown) => warn(error, 'no checkpoint was signed'));
      signedAt = performance.now();
    }
  };
  while (!signal.aborted) {
    await whileOnlyOne(signing.db, 'fhir-assay-ledger', working).catch((error: unknown) => warn(error, 'the ledger stopped; it goes on when it can'));
    await sleep(1_000, undefined, { signal }).catch(() => {});
  }
}
