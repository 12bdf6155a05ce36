-- What a run as a whole is compared by.

-- One row a chunk, written in its transaction: counts of what became new versions.
create table landed_tally (
  run_id      bigint not null,
  file_id     bigint not null,
  from_line   integer not null,
  source_id   integer not null,
  -- Key → number (validators/integrity/templates/landed-tally.ts); no key holds anything of a record.
  counts      jsonb not null,
  -- Numeric results: code, unit and device or department; the number; the version. Of one length.
  value_groups    text[] not null,
  values          float8[] not null,
  value_versions  bigint[] not null,
  primary key (run_id, file_id, from_line)
);
create index landed_tally_of on landed_tally (source_id, run_id);

-- The tallies of a run added up.
create table run_count (
  source_id  integer not null references source,
  run_id     bigint not null references run,
  key        text not null,
  n          bigint not null,
  primary key (run_id, key)
);
create index run_count_of on run_count (source_id, run_id);

-- What a monitor said of a run: about the run, not about a version.
create table alarm (
  id          bigint generated always as identity primary key,
  source_id   integer not null references source,
  run_id      bigint not null references run,
  rule        text not null,
  -- terms/finding.ts; its cause says what left its band: a type, a code, a unit, a model.
  finding     jsonb not null,
  at          timestamptz not null default now(),
  -- Somebody saw it.
  seen_by     text,
  seen_at     timestamptz
);
create unique index alarm_once on alarm (run_id, rule, (finding ->> 'cause'));
create index alarm_of on alarm (source_id, run_id desc);
