-- Sources, runs, what was received. [n] are the contracts of docs/contracts.md.

create table source (
  id          integer generated always as identity primary key,
  name        text not null unique,
  kind        text not null check (kind in ('bulk', 'search', 'files')),
  -- Addresses, groups, types; secrets stay in files and environment variables that this names.
  settings    jsonb not null,
  created_at  timestamptz not null default now()
);

-- [5] Moved only when the type had no error in the run.
create table watermark (
  source_id   integer not null references source,
  type        text not null,
  at          timestamptz not null,
  run_id      bigint not null,
  primary key (source_id, type)
);

create table run (
  id               bigint generated always as identity primary key,
  source_id        integer not null references source,
  -- The Temporal workflow's run id: beginning a run twice gives the same row.
  started_by       text not null unique,
  state            text not null default 'running'
                   check (state in ('running', 'completed', 'completed-with-errors', 'failed', 'cancelled', 'held')),
  phase            text not null default 'extract'
                   check (phase in ('extract', 'land', 'hydrate', 'barrier', 'assess', 'release', 'close', 'done')),
  -- What was asked for: since, types, group, full.
  asked            jsonb not null,
  -- The source's own time of the export: manifest.transactionTime, or the search's Date header.
  transaction_time timestamptz,
  -- When we asked: the rules' only clock.
  as_of            timestamptz not null default now(),
  error_code       text,
  error_detail     text,
  started_at       timestamptz not null default now(),
  finished_at      timestamptz
);
create index run_by_source on run (source_id, id desc);

-- A type that failed makes the rules that read it unevaluated [7].
create table run_type (
  run_id      bigint not null references run,
  type        text not null,
  state       text not null check (state in ('extracting', 'done', 'failed')),
  error_code  text,
  primary key (run_id, type)
);

-- [6] The row is committed before kick-off, the status URL before the first poll.
create table export_job (
  run_id       bigint primary key references run,
  intended_at  timestamptz not null default now(),
  status_url   text,
  -- The manifest as received (its addresses never enter a workflow).
  manifest     jsonb,
  released_at  timestamptz
);

-- A file of an export, a page of a search, a file of a folder.
create table run_file (
  id             bigint generated always as identity primary key,
  run_id         bigint not null references run,
  -- Unique name within the run: a download retried, a page asked again is the same row.
  name           text not null,
  kind           text not null check (kind in ('output', 'deleted', 'error', 'page', 'history', 'hydrated')),
  type           text,
  url            text not null,
  state          text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  -- Progress, moved in the transaction that lands a chunk: where a restart goes on.
  next_offset    bigint not null default 0,
  next_line      integer not null default 1,
  error_code     text,
  error_detail   text,
  unique (run_id, name)
);
create index run_file_pending on run_file (run_id, id) where state = 'pending';

create table rule_set (
  id          integer generated always as identity primary key,
  -- SHA-256 of everything that produces findings.
  hash        bytea not null unique,
  -- Its parts: rules with versions, packages, tables; what the hash was made from.
  parts       jsonb not null,
  first_seen  timestamptz not null default now()
);

create table version (
  id               bigint generated always as identity primary key,
  source_id        integer not null references source,
  type             text not null,
  logical_id       text not null,
  ordinal          integer not null,
  deletion         boolean not null default false,
  -- Current head of its resource [1, 2].
  head             boolean not null,
  -- SHA-256 of the bytes as received; of nothing for a deletion.
  hash             bytea not null,
  -- Bytes as received [3], compressed; null for a deletion and after an erasure.
  bytes            bytea,
  -- 0 as they are, 1 zstd.
  encoding         smallint not null,
  size             integer not null,
  -- Order of versions [2].
  version_id       text,
  version_number   bigint,
  last_updated     timestamptz,
  transaction_time timestamptz,
  run_id           bigint not null references run,
  file_id          bigint not null references run_file,
  line             integer not null,
  -- Logical id of the Patient whose compartment it is in; '' where there is none.
  patient          text not null,
  -- The relative references it makes, 'Type/id', each once.
  refs             text[] not null,
  -- Resource-scope and history-scope findings under landed_rule_set; null where there are none.
  findings         jsonb,
  landed_rule_set  integer references rule_set,
  landed_at        timestamptz not null default now(),
  unique (source_id, type, logical_id, ordinal),
  -- [1] A landing retry is recognised by this.
  unique (run_id, file_id, line)
);
create unique index version_head on version (source_id, type, logical_id) where head;
create index version_compartment on version (source_id, patient, type) where head;
create index version_by_run on version (run_id, patient);
-- Compressed by us already.
alter table version alter column bytes set storage external;

-- One row a chunk of items: what was received and became no version. Reconciliation [10] adds rows.
create table received_chunk (
  run_id       bigint not null references run,
  file_id      bigint not null references run_file,
  from_line    integer not null,
  to_line      integer not null,
  received     integer not null,
  deletions    integer not null,
  skipped      integer not null,
  -- The heads that what came was equal to [1]: also what a full snapshot has seen [5].
  unchanged    bigint[] not null,
  primary key (run_id, file_id, from_line)
);

create table quarantine (
  id          bigint generated always as identity primary key,
  run_id      bigint not null references run,
  file_id     bigint not null references run_file,
  line        integer not null,
  bytes       bytea not null,
  error_code  text not null,
  at          timestamptz not null default now(),
  unique (run_id, file_id, line)
);

-- Deletions of ids we never had [10].
create table deletion_unknown (
  run_id      bigint not null references run,
  file_id     bigint not null references run_file,
  line        integer not null,
  type        text not null,
  logical_id  text not null,
  primary key (run_id, file_id, line)
);

-- [8] What hydration learnt: 'absent-at-source' is a fact of its own.
create table hydration_fact (
  source_id   integer not null references source,
  reference   text not null,
  fact        text not null check (fact in ('absent-at-source', 'refused')),
  run_id      bigint not null references run,
  at          timestamptz not null default now(),
  primary key (source_id, reference)
);
