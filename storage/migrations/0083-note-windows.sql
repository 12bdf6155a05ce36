-- What population scope compares of notes: hashes of the words that follow each other, no text. PHI, like the bytes they are read from.

create table note_key (
  version_id  bigint primary key,
  source_id   integer not null references source,
  patient     text not null,
  -- When the note says it was written, where it does.
  written     timestamptz
);
create index note_key_patient on note_key (source_id, patient);

create table note_window (
  source_id   integer not null,
  hash        bigint not null,
  version_id  bigint not null references note_key on delete cascade,
  -- hashtextextended of the patient: whose notes have it is told by the index alone.
  person      bigint not null,
  primary key (source_id, hash, version_id) include (person)
);
create index note_window_of on note_window (version_id);
