-- Entries of one version that differ in their purpose only are one row: a span of consecutive sequence numbers, one for
-- each of its purposes, in their order [20]. Five rows a version, each in five indexes, were a third of what a run wrote.
create table feed_span (
  -- The sequence number of its first entry.
  first        bigint primary key,
  purposes     text[] not null,
  kind         text not null check (kind in ('release', 'retraction', 'stale')),
  version_id   bigint not null,
  source_id    integer not null,
  type         text not null,
  logical_id   text not null,
  verdict_id   bigint,
  rule_set_id  integer,
  outcome      text,
  flags        text[] not null default '{}',
  -- What a retraction or a stale notice is about: the entry for the first purpose; those for the others follow it.
  about        bigint,
  -- Why it was taken back: deleted, withdrawn, reversed.
  reason       text,
  run_id       bigint not null,
  at           timestamptz not null default now()
);
insert into feed_span (first, purposes, kind, version_id, source_id, type, logical_id, verdict_id, rule_set_id, outcome, flags, about, reason, run_id, at)
select sequence, array[purpose], kind, version_id, source_id, type, logical_id, verdict_id, rule_set_id, outcome, flags, about, reason, run_id, at from feed_entry;
drop table feed_entry;
create index feed_span_version on feed_span (version_id);
create index feed_span_retraction on feed_span (source_id, type, logical_id) where kind = 'retraction';

-- The entries one by one. What was last said of a resource is found by its versions.
create view feed_entry as
select first + place - 1 as sequence, kind, version_id, source_id, type, logical_id, purpose, verdict_id, rule_set_id, outcome, flags,
       about + place - 1 as about, reason, run_id, at
  from feed_span cross join lateral unnest(purposes) with ordinality as each (purpose, place);

-- A compartment is read in the order of its ids, a page at a time; with the type before the id each page sorted the rest.
drop index version_compartment;
create index version_compartment on version (source_id, patient, id) where head;
