-- What every fact writes in its own transaction [23]; the ledger sequences it.

-- Outside the events: destroyed, the hashes made under it tell nothing.
create table subject_key (
  source_id   integer not null references source,
  -- Logical id of the patient; '' is the source's own key.
  patient     text not null,
  key         bytea not null,
  primary key (source_id, patient)
);

create table event (
  id     bigint generated always as identity primary key,
  kind   text not null,
  at     timestamptz not null default now(),
  -- Canonical JSON, RFC 8785: the ledger's leaf.
  body   bytea not null
);
