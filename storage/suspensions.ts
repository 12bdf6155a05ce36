import type { Tx } from './connect.ts';

export type Suspension = {
  readonly consumer: string;
  /** Of one patient; absent: of all. */
  readonly of?: { readonly source: number; readonly patient: string };
  readonly because: string; readonly until: Date; readonly by: string;
};

/** What the consumer is given is left out of accountings from now until then. @returns undefined when there is no such consumer */
export async function recordSuspension(tx: Tx, { consumer, of, because, until, by }: Suspension): Promise<{ id: string; consumer: number } | undefined> {
  const { rows: [row] } = await tx.query<{ id: string; consumer: number }>(
    `insert into accounting_suspension (consumer_id, source_id, patient, because, from_at, until_at, by_person)
     select id, $2, $3, $4, now(), $5, $6 from consumer where name = $1 returning id, consumer_id as consumer`,
    [consumer, of?.source ?? null, of?.patient ?? '', because, until, by]);
  return row;
}
