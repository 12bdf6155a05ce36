import { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import type { Database, Tx } from '../../storage/connect.ts';
import { modelHistory, putModel, seedModels } from '../../storage/models.ts';
import type { ModelEntry, ModelRegistry } from '../../terms/model-registry.ts';

/** What is said of a model is in force, with its event. @param entry null takes it off the registry */
export const changeModel = (db: Database, model: string, entry: ModelEntry | null, by: string): Promise<boolean> => db.transaction(async (tx) => {
  const changed = await putModel(tx, model, entry, by);
  if (changed) await appendEvent(tx, 'model-changed', { model, by, withdrawn: entry === null }, await newestOf(tx, model));
  return changed;
});

/** The registry's file at a worker's start. */
export const seedRegistry = (db: Database, registry: ModelRegistry): Promise<readonly string[]> => db.transaction(async (tx) => {
  const changed = await seedModels(tx, registry);
  for (const model of changed) await appendEvent(tx, 'model-changed', { model, by: 'file', withdrawn: false }, await newestOf(tx, model));
  return changed;
});

const newestOf = async (tx: Tx, model: string) => coveredRows(tx, 'model_entry', (await modelHistory(tx, model)).slice(0, 1).map((row) => row.id));
