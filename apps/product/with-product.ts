import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import type { Context } from '../verb.ts';
import { runWorker } from '../worker/run-worker.ts';
import { worker } from './health.ts';
import { findServices, openProduct, type Product, type Services } from './open.ts';

/**
 * Gives a command the running product; where nothing runs it is started for as long as the command
 * takes.
 * @param needs.worker a worker as well: ours, where none polls
 * @param needs.first done before a worker is started: what is asked wrongly is told at once
 */
export async function withProduct<T>(context: Context, needs: { worker?: boolean; first?: (product: Product) => Promise<void> },
  work: (product: Product, services: Services, config: Config) => Promise<T>): Promise<T> {
  const config = context.config();
  const services = await findServices(config, context.say);
  try {
    const product = await openProduct(config, services);
    try {
      await needs.first?.(product);
      const own = needs.worker === true ? await workerWhereNone(config, services, product, context.say) : undefined;
      try {
        return await work(product, services, config);
      } finally {
        await own?.stop();
      }
    } finally {
      await product.close();
    }
  } finally {
    await services.stop();
  }
}

/** Milliseconds between two looks for a worker. */
const LOOK_MS = 3_000;

/** A worker of ours as soon as none polls: one that was killed is known to be gone only after a while. */
async function workerWhereNone(config: Config, services: Services, product: Product, say: Context['say']): Promise<{ stop(): Promise<void> }> {
  let own: { stop(): Promise<void> } | undefined;
  const look = async (): Promise<void> => {
    if (own !== undefined || (await worker(product)).state === 'up') return;
    say('Starting a worker');
    own = await runWorker(config, services, product, createLog('worker', process.env['ASSAY_LOG'] ?? 'error'));
  };
  await look();
  let looking = Promise.resolve();
  const timer = setInterval(() => { looking = looking.then(look).catch(() => {}); }, LOOK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      await own?.stop();
    },
  };
}
