import type { ModelEntry, ModelRegistry } from '../terms/model-registry.ts';
import type { Queryable, Tx } from './connect.ts';

export type ModelRow = { id: string; model: string; body: ModelEntry | null; by: string; at: Date };

const newest = `select distinct on (model) id, model, body, put_by as by, put_at as at from model_entry order by model, id desc`;

/** The registry in force; its version is its last change. undefined: nobody keeps one, so what needs it is unevaluated. */
export async function registryInForce(db: Queryable): Promise<ModelRegistry | undefined> {
  const { rows } = await db.query<ModelRow>(newest);
  if (rows.length === 0) return undefined;
  const last = rows.reduce((most, { id }) => (BigInt(id) > BigInt(most) ? id : most), '0');
  return { version: last, models: rows.flatMap(({ body }) => (body === null ? [] : [body])) };
}

/** Every model that is or was on the registry, with its newest entry. */
export async function modelRows(db: Queryable): Promise<ModelRow[]> {
  return (await db.query<ModelRow>(newest)).rows;
}

/** What was said of a model over time, the newest first. */
export async function modelHistory(db: Queryable, model: string): Promise<ModelRow[]> {
  const { rows } = await db.query<ModelRow>('select id, model, body, put_by as by, put_at as at from model_entry where model = $1 order by id desc', [model]);
  return rows;
}

/** The entry is in force. @param body null takes the model off the registry @returns false: it said so already */
export async function putModel(tx: Tx, model: string, body: ModelEntry | null, by: string): Promise<boolean> {
  await tx.query('lock table model_entry in share row exclusive mode');
  const { rowCount } = await tx.query(
    `insert into model_entry (model, body, put_by)
     select $1, $2::jsonb, $3 where not exists (
       select from (select body from model_entry where model = $1 order by id desc limit 1) as n where n.body is not distinct from $2::jsonb)
        and ($2::jsonb is not null or exists (select from model_entry where model = $1))`,
    [model, body === null ? null : JSON.stringify(body), by]);
  return rowCount === 1;
}

/** The file's entries are in force where no person has said anything of the model since. @returns the models that changed */
export async function seedModels(tx: Tx, registry: ModelRegistry): Promise<string[]> {
  const rows = new Map((await modelRows(tx)).map((row) => [row.model, row]));
  const changed: string[] = [];
  for (const entry of registry.models) {
    if ((rows.get(entry.id)?.by ?? 'file') === 'file' && await putModel(tx, entry.id, entry, 'file')) changed.push(entry.id);
  }
  return changed;
}
