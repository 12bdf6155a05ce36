import type { Queryable, Tx } from './connect.ts';

export type Schedule = { readonly name: string; readonly years: number; readonly because: string; readonly by: string };

/** From now on the records of this schedule are kept so long. @returns the row's id */
export async function putSchedule(tx: Tx, { name, years, because, by }: Schedule): Promise<string> {
  const { rows: [row] } = await tx.query<{ id: string }>(
    'insert into retention_schedule (name, years, because, by_person) values ($1, $2, $3, $4) returning id', [name, years, because, by]);
  return row?.id ?? '';
}

export async function scheduleNamed(db: Queryable, name: string): Promise<{ id: string; years: number } | undefined> {
  return (await db.query<{ id: string; years: number }>('select id, years from retention_schedule where name = $1 order by id desc limit 1', [name])).rows[0];
}

/** SQL: when a version's source wrote it, or it came; what keeps a record young. @param version alias */
export const writtenAt = (version: string): string => `coalesce(${version}.last_updated, ${version}.landed_at)`;

/** What is stored of a patient, and since when nothing new came. @returns versions 0 where nothing is */
export async function patientRecord(db: Queryable, source: number, patient: string): Promise<{ versions: number; newest: Date | null }> {
  const { rows: [row] } = await db.query<{ versions: number; newest: Date | null }>(
    `select count(*)::int as versions, max(${writtenAt('v')}) as newest from version v where source_id = $1 and patient = $2`, [source, patient]);
  return row ?? { versions: 0, newest: null };
}

/** Whether so many years have gone by since. */
export async function isOver(db: Queryable, newest: Date, years: number): Promise<boolean> {
  return (await db.query<{ over: boolean }>('select $1::timestamptz + make_interval(years => $2) <= now() as over', [newest, years])).rows[0]?.over ?? false;
}
