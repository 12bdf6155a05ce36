import { createLog } from '../log.ts';
import { findServices, openProduct } from '../product/open.ts';
import type { Context } from '../verb.ts';
import { stopped } from '../worker/serve-worker.ts';
import { runApi } from './run-api.ts';

/** Serves until it is asked to stop. */
export async function serveApi(context: Pick<Context, 'config' | 'say' | 'stop'>): Promise<void> {
  const config = context.config();
  const services = await findServices(config, context.say);
  try {
    const product = await openProduct(config, services);
    try {
      const running = await runApi(config, services, product, createLog('api'), process.env['ASSAY_TEMPORAL_UI'] ?? services.temporal.ui);
      context.say(`The API listens at ${running.url}.`);
      await stopped(context.stop);
      await running.stop();
    } finally {
      await product.close();
    }
  } finally {
    await services.stop();
  }
}
