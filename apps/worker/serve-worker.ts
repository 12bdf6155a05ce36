import { createLog } from '../log.ts';
import { findServices, openProduct } from '../product/open.ts';
import type { Context } from '../verb.ts';
import { runWorker } from './run-worker.ts';

/** Works until it is asked to stop, or until the worker ends by itself. */
export async function serveWorker(context: Pick<Context, 'config' | 'say' | 'stop'>): Promise<void> {
  const config = context.config();
  const log = createLog('worker');
  const services = await findServices(config, context.say);
  try {
    const product = await openProduct(config, services);
    try {
      const running = await runWorker(config, services, product, log);
      context.say('The worker is ready.');
      await Promise.race([running.ended, stopped(context.stop)]);
      await running.stop();
    } finally {
      await product.close();
    }
  } finally {
    await services.stop();
  }
}

export const stopped = (signal: AbortSignal): Promise<void> => new Promise((resolve) => {
  if (signal.aborted) resolve();
  else signal.addEventListener('abort', () => resolve(), { once: true });
});
