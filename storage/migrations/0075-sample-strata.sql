-- How many records each stratum of a sample stands for: what is found in it is weighed by them.
create table sample_stratum (
  sample_id bigint not null references sample,
  source_id integer not null references source,
  type      text not null,
  author    text not null check (author in ('human', 'ai')),
  -- Released in the period with no finding; of a source and type of which only a part was read, the author's share is that of the part.
  records   integer not null check (records > 0),
  primary key (sample_id, source_id, type, author)
);
