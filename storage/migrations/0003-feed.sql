-- What left, for whom, in which order.

-- A feed: a named selection over the one sequence of entries [19].
create table feed (
  id          integer generated always as identity primary key,
  name        text not null unique,
  purpose     text not null,
  -- null: all.
  types       text[],
  sources     integer[],
  created_at  timestamptz not null default now()
);

-- [20] Dense, in commit order, given back by a rollback.
create table feed_head (
  single boolean primary key default true check (single),
  n     bigint not null default 0
);
insert into feed_head default values;

-- Bodies stay with the version [21].
create table feed_entry (
  sequence     bigint primary key,
  kind         text not null check (kind in ('release', 'retraction', 'stale')),
  version_id   bigint not null references version,
  source_id    integer not null references source,
  type         text not null,
  logical_id   text not null,
  purpose      text not null,
  verdict_id   bigint references verdict,
  -- The entry that a retraction or a stale notice is about.
  about        bigint references feed_entry,
  -- Why it was taken back: deleted, withdrawn, reversed.
  reason       text,
  run_id       bigint not null references run,
  at           timestamptz not null default now()
);
create index feed_entry_purpose on feed_entry (purpose, sequence);
create index feed_entry_resource on feed_entry (source_id, type, logical_id, purpose, sequence);
create index feed_entry_version on feed_entry (version_id, purpose);

-- Contract 19: a token with its feeds, its purpose and the models it serves.
create table consumer (
  id          integer generated always as identity primary key,
  name        text not null unique,
  -- SHA-256 of the bearer token; the token itself is shown once.
  token_hash  bytea not null unique,
  feeds       integer[] not null,
  purpose     text not null,
  models      text[] not null default '{}',
  created_at  timestamptz not null default now(),
  revoked_at  timestamptz
);

create table consumption (
  id             bigint generated always as identity primary key,
  consumer_id    integer not null references consumer,
  feed_id        integer not null references feed,
  from_sequence  bigint not null,
  to_sequence    bigint not null,
  entries        integer not null,
  at             timestamptz not null default now()
);
create index consumption_of on consumption (consumer_id, feed_id, to_sequence);
