-- The ledger: events become leaves of a Merkle tree; chains beside it; checkpoints over both.

alter table event add column leaf bigint;
-- Ids of the rows that the event covers, in the order of their hashes; `covered` in its body says of which tables.
alter table event add column covers bigint[] not null default '{}';
-- Hashes of those rows, 32 bytes each: the root in the body is made from them, so they say which row was changed.
alter table event add column hashes bytea;
alter table event alter column hashes set storage external;
-- From the lowest to the highest of those of the first table: how a row finds its event.
alter table event add column span int8range;
-- Subject and hash, 32 bytes each, of every chain that the event touches; null once they are links.
alter table event add column touches bytea;
create unique index event_leaf on event (leaf) where leaf is not null;
create index event_waiting on event (id) where leaf is null;
create index event_kind on event (kind, leaf);
create index event_landed on event using gist (span) where kind = 'landed';
create index event_assessed on event using gist (span) where kind = 'assessed';
create index event_released on event using gist (span) where kind in ('released', 'retracted');

-- How far the tree is. Whoever adds leaves locks this row.
create table ledger (
  single  boolean primary key default true check (single),
  -- C2SP tlog-checkpoint's first line; null until the first checkpoint.
  origin  text,
  size    bigint not null default 0
);
insert into ledger default values;

-- C2SP tlog-tiles: up to 256 hashes of 32 bytes; the last one of a level grows.
create table ledger_tile (
  level   smallint not null,
  index   bigint not null,
  hashes  bytea not null,
  primary key (level, index)
);
alter table ledger_tile alter column hashes set storage external;

-- One for each patient, consumer and viewer; what a subject is: ledger/verify/chains.ts.
create table ledger_chain (
  id       bigint generated always as identity primary key,
  subject  bytea not null unique,
  count    bigint not null default 0,
  link     bytea not null
);
create table ledger_link (
  chain_id  bigint not null,
  n         bigint not null,
  leaf      bigint not null,
  hash      bytea not null,
  primary key (chain_id, n)
);
-- Root over the heads whose subject begins with these 12 bits; null: to be computed again.
create table ledger_bucket (
  bucket  integer primary key,
  root    bytea
);

create table checkpoint (
  size         bigint primary key,
  -- C2SP signed note.
  note         text not null,
  at           timestamptz not null default now(),
  -- When it was in every anchor; null: not yet.
  anchored_at  timestamptz
);

-- Provenance, AuditEvent, List join a compartment after they landed: then this is the one they landed in.
alter table version add column landed_patient text;
create view version_joined as
  select id, source_id, type, logical_id, patient from version where landed_patient is not null;

-- By which the ledger names them.
alter table case_event add column id bigint generated always as identity unique;
alter table received_chunk add column id bigint generated always as identity unique;

-- A verdict is written once: one that comes back is a new row.
alter table verdict drop constraint verdict_key;
create unique index verdict_standing on verdict (assessment_id, policy_id, waivers, purposes, held_by) nulls not distinct where current;

