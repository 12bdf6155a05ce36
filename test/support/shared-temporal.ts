import { findTemporal } from '../../apps/services/temporal.ts';
import { makeScratch } from './scratch.ts';
import type { Shared } from './shared-services.ts';

/** A dev server in a scratch folder. */
export async function startSharedTemporal(): Promise<Shared<'temporal'>> {
  const folder = await makeScratch('temporal');
  const say = (sentence: string): void => { process.stderr.write(`${sentence}\n`); };
  const server = await findTemporal({ home: folder.path, say }).catch(async (error: unknown) => { await folder.remove(); throw error; });
  return {
    told: { address: server.address },
    async stop() { await server.stop(); await folder.remove(); },
  };
}
