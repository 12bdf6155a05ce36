-- What pages ask for again and again, counted where it is written: over a million versions each asking read them all.
alter table received_chunk
  -- What of the chunk became versions, by type: {"Observation": [landed, deletions applied]}.
  add column became jsonb not null default '{}',
  -- By how many the resources that the source has now became more, or fewer.
  add column grew integer not null default 0;

-- For what is there: each current resource counts with the chunk that brought it.
update received_chunk c set became = made.became, grew = made.heads
  from (select run_id, file_id, from_line, jsonb_object_agg(type, jsonb_build_array(landed, deleted)) as became, sum(heads)::int as heads
          from (select c.run_id, c.file_id, c.from_line, v.type, count(*) filter (where not v.deletion) as landed,
                       count(*) filter (where v.deletion) as deleted, count(*) filter (where v.head and not v.deletion) as heads
                  from received_chunk c join version v on v.run_id = c.run_id and v.file_id = c.file_id and v.line between c.from_line and c.to_line
                 group by 1, 2, 3, 4) as counted
         group by 1, 2, 3) as made
 where c.run_id = made.run_id and c.file_id = made.file_id and c.from_line = made.from_line;

-- The entries of the sequence, counted by what feeds select by; moved under the counter's lock [20], so that nobody waits for it.
create table feed_tally (
  source_id  integer not null references source,
  type       text not null,
  purpose    text not null,
  entries    bigint not null,
  -- The last sequence number among them, and when it was given.
  last       bigint not null,
  last_at    timestamptz not null,
  primary key (source_id, type, purpose)
) with (fillfactor = 50);
insert into feed_tally (source_id, type, purpose, entries, last, last_at)
select source_id, type, purpose, count(*), max(sequence), max(at) from feed_entry group by 1, 2, 3;
