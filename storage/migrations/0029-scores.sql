-- What of a source's current records passed which rule when a run ended: scores are made of it, and their trend.
create table score_type (
  run_id     bigint not null references run,
  source_id  integer not null references source,
  type       text not null,
  -- Current records that were assessed.
  resources  integer not null,
  primary key (run_id, type)
);
create index score_type_of on score_type (source_id, run_id);

create table score_rule (
  run_id       bigint not null references run,
  type         text not null,
  -- A rule's id; `profile` and `terminology` stand for all checks of those.
  rule         text not null,
  failed       integer not null,
  unevaluated  integer not null,
  primary key (run_id, type, rule)
);
