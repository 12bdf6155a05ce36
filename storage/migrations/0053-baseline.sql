-- Which versions a ruling bears on is a fact: answers about waivers rest on it.
alter table ruled_version add column id bigint generated always as identity unique;

-- What was written before an event covered it. One leaf says of each table of facts which rows these were: how many, up to
-- which id, and the SHA-256 of their ids, in order, with commas between. Verification then knows them from rows that somebody adds.
do $$
declare
  fact record;
  found record;
  said jsonb := '[]';
  moment timestamptz := now();
begin
  create temporary table covered_row on commit drop as
    select part.name as table_name, e.covers[part.before + 1 + n] as row_id
      from event e
     cross join lateral (
       select name.value #>> '{}' as name, (count.value #>> '{}')::int as rows,
              coalesce(sum((count.value #>> '{}')::int) over (order by name.n rows between unbounded preceding and 1 preceding), 0)::int as before
         from jsonb_array_elements(convert_from(e.body, 'UTF8')::jsonb -> 'covered') with ordinality as name (value, n)
         join jsonb_array_elements(convert_from(e.body, 'UTF8')::jsonb -> 'covered') with ordinality as count (value, n) on count.n = name.n + 1
        where name.n % 2 = 1) as part
     cross join lateral generate_series(0, part.rows - 1) as n
     where cardinality(e.covers) > 0;
  create index on covered_row (table_name, row_id);
  for fact in select * from (values ('version', 'id'), ('version_joined', 'id'), ('received_chunk', 'id'), ('assessment', 'id'), ('verdict', 'id'), ('feed_span', 'first'), ('consumption', 'id'),
      ('consumer', 'id'), ('policy', 'id'), ('model_entry', 'id'), ('case_event', 'id'), ('record_view', 'id'), ('ruled_version', 'id')) as f (name, key)
  loop
    execute format(
      $q$select count(*) as rows, max(t.%2$I)::bigint as last, encode(sha256(convert_to(string_agg(t.%2$I::text, ',' order by t.%2$I), 'UTF8')), 'hex') as ids
           from %1$I t where not exists (select from covered_row c where c.table_name = %1$L and c.row_id = t.%2$I)$q$, fact.name, fact.key) into found;
    continue when found.rows = 0;
    said := said || jsonb_build_array(fact.name, found.rows, found.last, found.ids);
  end loop;
  if said = '[]' then return; end if;
  -- RFC 8785: no spaces, keys in order.
  insert into event (kind, at, body) values ('baseline', moment, convert_to(format('{"at":"%s","kind":"baseline","rows":[%s]}',
    to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), (select string_agg(value::text, ',' order by n) from jsonb_array_elements(said) with ordinality as each (value, n))), 'UTF8'));
end $$;
