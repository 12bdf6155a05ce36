-- What population scope compares: patients as persons, and what it found.

-- One row a Patient of the source: what of it is compared. PHI, like the bytes it is read from.
create table patient_key (
  id            bigint generated always as identity primary key,
  source_id     integer not null references source,
  logical_id    text not null,
  -- The head that was read; 0: to be read again.
  version_id    bigint not null,
  -- validators/integrity/templates/match-score.ts: Demographics.
  demographics  jsonb not null,
  -- Of the demographics: what a person decided of a pair stands while it stays.
  digest        bytea not null,
  active        boolean not null,
  -- Logical ids that Patient.link names.
  linked_to     text[] not null,
  -- Compared with all others since it changed: what is not is taken up by the next run.
  judged        boolean not null default false,
  unique (source_id, logical_id)
);
create index patient_key_unjudged on patient_key (source_id, id) where not judged;

-- Records that share one are put side by side.
create table patient_block (
  source_id  integer not null,
  -- hashtextextended of the key.
  block      bigint not null,
  key_id     bigint not null,
  primary key (source_id, block, key_id)
);
create index patient_block_of on patient_block (key_id);

create table patient_identifier (
  source_id   integer not null,
  identifier  bigint not null,
  key_id      bigint not null,
  -- v2-0203, or 'token' for a hashed identity token.
  kind        text not null,
  -- Patient.identifier[place].
  place       smallint not null,
  primary key (source_id, identifier, key_id)
);
create index patient_identifier_of on patient_identifier (key_id);

-- Two records that may be one person; `one` < `other`.
create table patient_pair (
  one           bigint not null references patient_key on delete cascade,
  other         bigint not null references patient_key on delete cascade,
  score         real not null,
  -- 'different' is not raised again unless demographics change; 'same' waits for the EHR to merge.
  decision      text check (decision in ('same', 'different', 'cannot-tell')),
  decided_by    text,
  decided_at    timestamptz,
  -- The digests that the decision saw.
  one_digest    bytea,
  other_digest  bytea,
  primary key (one, other),
  check (one < other)
);
create index patient_pair_other on patient_pair (other);

-- What population-scope rules found: read by assessment beside what is found in a compartment.
create table population_finding (
  source_id   integer not null references source,
  rule        text not null,
  -- What was judged: a pair, an identifier, an encounter. Judged again, its findings are replaced.
  subject     text not null,
  version_id  bigint not null,
  patient     text not null,
  -- terms/finding.ts, an array.
  findings    jsonb not null,
  current     boolean not null default true,
  -- The run that changed it last: its compartment is assessed again in that run [9].
  run_id      bigint not null,
  primary key (source_id, rule, subject, version_id)
);
create index population_finding_of on population_finding (source_id, patient) where current;
create index population_finding_run on population_finding (run_id);
