import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a service of ours looked like when it last ran: ports stay stable, orphans are found. */
export type ServiceState = {
  readonly port: number;
  /** The service's process. */
  readonly pid: number;
  /** Our process that owns it; when this one is dead the service is an orphan. */
  readonly owner: number;
  readonly uiPort?: number;
};

const path = (home: string, service: string): string => join(home, `${service}.state.json`);

export async function readState(home: string, service: string): Promise<ServiceState | undefined> {
  try {
    return JSON.parse(await readFile(path(home, service), 'utf8')) as ServiceState;
  } catch {
    return undefined; // none yet, or cut short by a crash: both mean starting afresh
  }
}

export async function writeState(home: string, service: string, state: ServiceState): Promise<void> {
  await mkdir(home, { recursive: true });
  const draft = `${path(home, service)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(state)}\n`);
  await rename(draft, path(home, service));
}
