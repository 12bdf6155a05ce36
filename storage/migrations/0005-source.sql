-- What the source stage remembers beyond files: progress of an export, hydration, snapshots, groups.

-- X-Progress as the server said it, for people; it never enters a workflow.
alter table export_job add column progress text;

-- [8] What hydration asks for: a line of a run_file of kind 'hydrated'.
create table hydration_request (
  run_id      bigint not null references run,
  -- As the referring resource has it: 'Type/id', or 'Type?identifier=…' (a conditional reference).
  reference   text not null,
  file_id     bigint not null references run_file,
  line        integer not null,
  outcome     text check (outcome in ('fetched', 'absent-at-source', 'ambiguous', 'refused')),
  -- What a conditional reference turned out to mean, 'Type/id'.
  resolved    text,
  primary key (run_id, reference),
  unique (file_id, line)
);

-- [5] What a full snapshot did not show: lines of a run_file of kind 'deleted'.
create table snapshot_deletion (
  file_id     bigint not null references run_file,
  line        integer not null,
  type        text not null,
  logical_id  text not null,
  primary key (file_id, line)
);

-- Patients whose whole record a run asked for at group level: `_since` misses the history of others
-- (HL7/bulk-data#82). Known once that run completed.
create table group_member (
  source_id   integer not null references source,
  group_id    text not null,
  patient     text not null,
  run_id      bigint not null references run,
  primary key (source_id, group_id, patient, run_id)
);
