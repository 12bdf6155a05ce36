-- What governance does with what has left: takes it back, keeps it, destroys it.

-- A taking back as somebody decided it: exactly these versions. A worker goes on with it until all of them are taken back.
create table retraction (
  id          bigint generated always as identity primary key,
  what        text not null check (what in ('version', 'patient', 'run', 'rule', 'model')),
  -- Of which source, where it is a patient or a model.
  source_id   integer references source,
  patient     text not null default '',
  -- The version, the run, the rule, the model's Device; '' for a patient.
  named       text not null default '',
  versions    bigint[] not null,
  because     text not null,
  by_person   text not null,
  at          timestamptz not null default now(),
  settled_at  timestamptz
);
create index retraction_unsettled on retraction (id) where settled_at is null;

-- How long records are kept: the newest row of a name is in force.
create table retention_schedule (
  id         bigint generated always as identity primary key,
  name       text not null,
  years      integer not null check (years between 0 and 200),
  -- The law or rule that asks for it.
  because    text not null,
  by_person  text not null,
  at         timestamptz not null default now()
);
create index retention_schedule_of on retention_schedule (name, id desc);
