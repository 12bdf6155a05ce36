import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../apps/services/temporal-program.ts';
import { freePort } from '../../apps/services/free-port.ts';
import { startProcess, tail } from '../../apps/services/owned-process.ts';
import { makeScratch } from './scratch.ts';

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const START_MS = 900_000; // a first start resolves 250 jars

export type Hapi = { readonly fhir: string; stop(): Promise<void> };

export type HapiOptions = {
  /** How many patients of ../shared/synthea/r4-2019 it holds at the start. */
  readonly patients?: number;
  /** The script's settings: HAPI_PAGE, HAPI_TOKEN, HAPI_RETRY_AFTER, HAPI_HISTORY_COUNT and so on. */
  readonly settings?: Readonly<Record<`HAPI_${string}`, string>>;
};

/** A HAPI FHIR JPA server of one's own; needs 'java', 'maven', 'hapi' and, for patients, 'synthea-2019'. */
export async function startHapi({ patients = 0, settings = {} }: HapiOptions = {}): Promise<Hapi> {
  const folder = await makeScratch('hapi');
  const log = join(folder.path, 'hapi.log');
  const port = await freePort();
  await mkdir(cacheFolder, { recursive: true });
  const server = startProcess('bash', [join(shared, 'peers/hapi/hapi.sh'), `${port}`, `${patients}`], {
    log,
    env: {
      ...process.env, EHR_CACHE: cacheFolder, DATA: join(shared, 'synthea/r4-2019'),
      HAPI_RETRY_AFTER: '1', HAPI_XMX: '1g', HAPI_DB: 'mem', ...settings,
    },
  });
  const stop = async (): Promise<void> => { await server.stop(); await folder.remove(); };
  for (const end = Date.now() + START_MS; Date.now() < end && server.running(); await sleep(200)) {
    const ready = (await readFile(log, 'utf8').catch(() => '')).split('\n').find((line) => line.startsWith('{"ready":true'));
    if (ready !== undefined) return { fhir: (JSON.parse(ready) as { fhir: string }).fhir, stop };
  }
  const reason = await tail(log);
  await stop();
  throw new Error(`HAPI did not start: ${reason}`);
}
