-- What somebody outside is asked for is told to the source's own address, at least once in each state it comes to.

alter table case_task
  -- The state that the source was last told; null: none yet.
  add column told text,
  -- Tries since it was last told, and when the next is due.
  add column tries integer not null default 0,
  add column again_at timestamptz;

drop index case_task_unsent;
create index case_task_untold on case_task (again_at nulls first, asked_at) where told is distinct from state;
