import type { SourceItem } from '../../terms/resource-version.ts';
import type { Database } from '../../storage/connect.ts';
import { finishFile, fileToLand, failFile } from '../../storage/landing.ts';
import { registerSource, type Asked, type SourceKind } from '../../storage/source.ts';
import { AssayError, errors } from '../../terms/errors.ts';
import { appendEvent } from '../../ledger/append.ts';
import { createSourceActivities } from './activities.ts';
import { createConnections } from './connection.ts';
import { createHttp } from './http.ts';
import { createOpenItems } from './open-items.ts';

// For this stage's tests: runs a source as the workflow does, with items kept in memory in landing's place.

export type Pulled = { run: string; items: (SourceItem & { file: string })[]; state: string };

export function trySource(db: Database, { secrets = {}, now }: { secrets?: Record<string, string>; now?: () => Date } = {}) {
  const http = createHttp({ ...(now === undefined ? {} : { now }), sleep: () => Promise.resolve() });
  const connections = createConnections(http, (name) => secrets[name]);
  const openItems = createOpenItems(connections);
  const activities = createSourceActivities({ db, appendEvent, beat: () => {}, connections });
  let begun = 0;

  async function readFile(file: string): Promise<SourceItem[]> {
    const items: SourceItem[] = [];
    const toLand = await fileToLand(db, file);
    if (toLand === undefined) throw new Error('no such file');
    try {
      for await (const item of openItems(db, file, { offset: 0, line: 1 })) items.push(item);
      await finishFile(db, file);
    } catch (error) {
      if (!(error instanceof AssayError) || errors[error.code].retry) throw error;
      await db.transaction((tx) => failFile(tx, toLand, error.code, error.detail ?? null));
    }
    return items;
  }

  return {
    activities, openItems, connections, http, readFile,
    source: (name: string, kind: SourceKind, settings: unknown) => registerSource(db, { name, kind, settings }),
    begin: async (source: number, asked: Asked = {}) => (await activities.beginRun({ source, startedBy: `try ${source} ${++begun} ${Math.random()}`, asked })).run,

    /** Until the manifest is there; then its files are rows. */
    async extract(run: string): Promise<void> {
      await activities.kickOff(run);
      while (!(await activities.pollExport(run)).done) await new Promise((resolve) => setTimeout(resolve, 20));
      await activities.discoverFiles(run);
    },

    async pull(source: number, asked: Asked = {}): Promise<Pulled> {
      const run = await this.begin(source, asked);
      await this.extract(run);
      const items: Pulled['items'] = [];
      for (let files = await activities.pendingFiles(run, 100); files.length > 0; files = await activities.pendingFiles(run, 100)) {
        for (const file of files) items.push(...(await readFile(file)).map((item) => ({ ...item, file })));
      }
      return { run, items, state: await activities.closeRun(run) };
    },
    close: () => http.agent.close(),
  };
}
