import { mkdtemp, readdir, readFile, rm, writeFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { bundleWorkflows } from '../../apps/worker/workflow-bundle.ts';
import { dataConverter, failureConverterPath } from '../../apps/temporal/data-converter.ts';

const folder = join(import.meta.dirname, 'histories');
const root = join(import.meta.dirname, '..', '..');
const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
const history = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
let bundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  bundle = await bundleWorkflows();
});

const replay = async (name: string, workflowBundle = bundle): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle, dataConverter: dataConverter(undefined) }, await history(name));

test('there is a history of a run that completed, lost its worker, failed, was cancelled', () => {
  for (const end of ['completed', 'restarted', 'failed', 'cancelled']) expect(names.some((name) => name.endsWith(`-${end}.json`)), end).toBe(true);
});

test.for(names)('the workflow of today replays %s', async (name) => {
  await expect(replay(name)).resolves.toBeUndefined();
});

test('a workflow that asks in another order would be found out', async () => {
  const changed = await mkdtemp(join(root, 'workflows-'));
  try {
    await cp(join(root, 'workflows'), changed, { recursive: true });
    const file = join(changed, 'run.ts');
    const text = await readFile(file, 'utf8');
    const altered = text.replace("await asking.kickOff(run);", "await long.planPartitions(run);\n  await asking.kickOff(run);");
    expect(altered).not.toBe(text);
    await writeFile(file, altered);
    const other = await bundleWorkflowCode({ workflowsPath: join(changed, 'all-workflows.ts'), failureConverterPath, logger: new DefaultLogger('ERROR') });
    await expect(replay(names.find((name) => name.endsWith('-completed.json')) ?? '', other)).rejects.toThrow(/[Dd]eterminism/);
  } finally {
    await rm(changed, { recursive: true, force: true });
  }
});
