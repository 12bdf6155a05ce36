import type { Queryable } from '../connect.ts';

export type Holder = { person: string; version: string; id: string; active: boolean; place: number; linkedTo: string[] };
export type SharedIdentifier = { identifier: string; kind: string; holders: Holder[] };

/** Identifiers that are one person's alone and that one of the batch has with others. */
export async function sharedIdentifiers(db: Queryable, source: number, batch: readonly string[], again: readonly string[]): Promise<SharedIdentifier[]> {
  const { rows } = await db.query<SharedIdentifier>(
    `select i.identifier::text, min(i.kind) as kind,
            jsonb_agg(jsonb_build_object('person', p.id::text, 'version', p.version_id::text, 'id', p.logical_id, 'active', p.active,
                                         'place', i.place, 'linkedTo', p.linked_to) order by p.id) as holders
       from (select identifier from patient_identifier where key_id = any($2) and kind <> 'token' union select unnest($3::bigint[])) as asked
       join patient_identifier i on i.source_id = $1 and i.identifier = asked.identifier
       join patient_key p on p.id = i.key_id
      group by i.identifier having count(*) > 1`, [source, batch, again]);
  return rows;
}

export type SharedToken = { identifier: string; withToken: number; sharing: { version: string; place: number; id: string }[] };

/** Hashed tokens that more than one person has, of those that many have; `share` of all with a token. */
export async function sharedTokens(db: Queryable, source: number, share: number): Promise<SharedToken[]> {
  const { rows } = await db.query<SharedToken>(
    `with counted as (select identifier, count(*) as n from patient_identifier where source_id = $1 and kind = 'token' group by identifier),
          total as (select count(distinct key_id)::int as n from patient_identifier where source_id = $1 and kind = 'token')
     select c.identifier::text, total.n as "withToken",
            jsonb_agg(jsonb_build_object('version', p.version_id::text, 'place', i.place, 'id', p.logical_id) order by p.id) as sharing
       from counted c cross join total join patient_identifier i on i.source_id = $1 and i.identifier = c.identifier join patient_key p on p.id = i.key_id
      where c.n > 1 and c.n > total.n * $2::float8 group by c.identifier, total.n`, [source, share]);
  return rows;
}
