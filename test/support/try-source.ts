import { appendEvent } from '../../ledger/append.ts';
import { createLandingActivities } from '../../pipelines/landing/activities.ts';
import { createSourceActivities } from '../../pipelines/source/activities.ts';
import { createConnections } from '../../pipelines/source/connection.ts';
import { createHttp } from '../../pipelines/source/http.ts';
import { createOpenItems } from '../../pipelines/source/open-items.ts';
import { knowRuleSet } from '../../storage/assessment.ts';
import type { Database } from '../../storage/connect.ts';
import { registerSource, type Asked, type SourceKind } from '../../storage/source.ts';
import type { SourceItem } from '../../terms/resource-version.ts';

export type Pulled = { readonly run: string; readonly state: string; readonly items: readonly SourceItem[]; readonly hydrated: readonly SourceItem[]; readonly files: readonly PulledFile[] };
export type PulledFile = { name: string; kind: string; type: string | null; state: string; code: string | null; detail: string | null };

/** The source stage with landing behind it, called in the order of the workflow; it waits for nobody. */
export function trySource(db: Database, { secrets = {}, now }: { secrets?: Record<string, string>; now?: () => Date } = {}) {
  const slept: number[] = [];
  const http = createHttp({ ...(now === undefined ? {} : { now }), sleep: async (ms) => { slept.push(ms); } });
  const connections = createConnections(http, (name) => secrets[name]);
  const openItems = createOpenItems(connections);
  const activities = createSourceActivities({ db, appendEvent, beat: () => {}, connections });
  let received: (SourceItem & { kind: string })[] = [];
  const landing = createLandingActivities({
    db, appendEvent, check: () => [], ruleSet: () => knowRuleSet(db, 'ab'.repeat(32), {}), beat: () => {},
    async* openItems(from, file, place) {
      const { rows: [row] } = await db.query<{ kind: string }>('select kind from run_file where id = $1', [file]);
      for await (const item of openItems(from, file, place)) {
        received.push({ ...item, kind: row?.kind ?? '' });
        yield item;
      }
    },
  });

  const begin = async (source: number, asked: Asked = {}): Promise<string> =>
    (await activities.beginRun({ source, startedBy: crypto.randomUUID(), asked })).run;

  async function extract(run: string): Promise<void> {
    await activities.kickOff(run);
    while (!(await activities.pollExport(run)).done) await new Promise((resolve) => setTimeout(resolve, 20));
    await activities.discoverFiles(run);
  }

  async function landAll(run: string): Promise<void> {
    for (let [file] = await activities.pendingFiles(run, 1); file !== undefined; [file] = await activities.pendingFiles(run, 1)) {
      await landing.landFile(file);
    }
  }

  async function filesOf(run: string): Promise<PulledFile[]> {
    return (await db.query<PulledFile>(
      'select name, kind, type, state, error_code as code, error_detail as detail from run_file where run_id = $1 order by id', [run])).rows;
  }

  /** A whole run of the stage. */
  async function pull(source: number, asked: Asked = {}): Promise<Pulled> {
    received = [];
    const run = await begin(source, asked);
    await extract(run);
    await landAll(run);
    while ((await activities.hydrate(run)).more) await landAll(run);
    await activities.applySnapshotDeletions(run);
    await landAll(run);
    const state = await activities.closeRun(run);
    return {
      run, state, files: await filesOf(run),
      items: received.filter(({ kind }) => kind !== 'hydrated'), hydrated: received.filter(({ kind }) => kind === 'hydrated'),
    };
  }

  return {
    activities, landing, openItems, connections, slept, begin, extract, landAll, filesOf, pull,
    source: (kind: SourceKind, settings: unknown) => registerSource(db, { name: crypto.randomUUID(), kind, settings }),
    /** Types that failed in the run, each with its code. */
    async failed(run: string): Promise<Record<string, string>> {
      const { rows } = await db.query<{ type: string; code: string }>(
        `select type, error_code as code from run_type where run_id = $1 and state = 'failed' order by type`, [run]);
      return Object.fromEntries(rows.map(({ type, code }) => [type, code]));
    },
    close: () => http.agent.close(),
  };
}

export const textsOf = (items: readonly SourceItem[]): string[] =>
  items.filter((item) => item.skip === undefined && item.deleted === undefined).map(({ bytes }) => Buffer.from(bytes).toString());
