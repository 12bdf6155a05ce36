-- What governance asks for, beyond what the stages write.

-- 45 CFR 164.528(b): to whom and why. What is written is not changed: the newest row of a consumer counts.
create table consumer_record (
  id           bigint generated always as identity primary key,
  consumer_id  integer not null references consumer,
  legal_name   text not null,
  address      text not null,
  -- Inside the organisation, or a disclosure that is accounted for.
  relation     text not null check (relation in ('internal-use', 'disclosure')),
  purpose      text not null,
  legal_basis  text not null,
  agreement    text not null default '',
  by_person    text not null,
  at           timestamptz not null default now()
);
create index consumer_record_of on consumer_record (consumer_id, id desc);

-- 164.528(a)(2): an oversight or law enforcement agency may have its disclosures left out for a time.
create table accounting_suspension (
  id           bigint generated always as identity primary key,
  consumer_id  integer not null references consumer,
  -- Of one patient; null: of all.
  source_id    integer references source,
  patient      text not null default '',
  because      text not null,
  from_at      timestamptz not null,
  until_at     timestamptz not null check (until_at > from_at),
  by_person    text not null,
  at           timestamptz not null default now()
);

-- A consumer says that it has done what the feed told it up to this sequence number.
create table acknowledgement (
  id           bigint generated always as identity primary key,
  consumer_id  integer not null references consumer,
  feed_id      integer not null references feed,
  sequence     bigint not null,
  at           timestamptz not null default now()
);
create index acknowledgement_of on acknowledgement (consumer_id, feed_id, sequence);

-- 164.526, step by step: the EHR decides, we carry.
create table amendment (
  id         bigint generated always as identity primary key,
  -- The first step's id; null for the first step itself.
  request    bigint references amendment,
  source_id  integer not null references source,
  patient    text not null,
  step       text not null check (step in ('requested', 'accepted', 'denied', 'statement-of-disagreement', 'rebuttal')),
  versions   bigint[] not null,
  -- What was asked or answered, in words: stays here and is hashed under the patient's key.
  says       text not null,
  -- Consumers that the patient named.
  named      integer[] not null default '{}',
  by_person  text not null,
  at         timestamptz not null default now()
);
create index amendment_of on amendment (source_id, patient);

-- Each recipient is told of a step, and says that it took note.
create table amendment_notice (
  id            bigint generated always as identity primary key,
  amendment_id  bigint not null references amendment,
  consumer_id   integer not null references consumer,
  -- It was named by the patient, or it was given one of the versions.
  because       text not null check (because in ('named', 'was-given')),
  noted_at      timestamptz,
  unique (amendment_id, consumer_id)
);
create index amendment_notice_open on amendment_notice (consumer_id, id) where noted_at is null;

-- While it lasts nothing of the patient is destroyed.
create table legal_hold (
  id         bigint generated always as identity primary key,
  source_id  integer not null references source,
  patient    text not null,
  because    text not null,
  by_person  text not null,
  placed_at  timestamptz not null default now(),
  lifted_by  text,
  lifted_at  timestamptz
);
create index legal_hold_on on legal_hold (source_id, patient) where lifted_at is null;

-- A certificate: what was destroyed, by whom, under which schedule. It does not say whose.
create table destruction (
  id         bigint generated always as identity primary key,
  source_id  integer not null references source,
  -- Stands in every row where the patient's id was.
  stands_in  text not null unique,
  versions   integer not null,
  -- RFC 6962 root over the lines "table/row" of erased_row, in their order.
  erased     bytea not null,
  rows       integer not null,
  -- The patient's chain, which nobody can find any more by the patient.
  subject    bytea,
  schedule   text not null,
  because    text not null,
  by_person  text not null,
  at         timestamptz not null default now()
);

-- Rows that no longer say what they said; their hashes stay with their events.
create table erased_row (
  table_name      text not null,
  row_id          bigint not null,
  -- Its hash is a link of the patient's chain.
  linked          boolean not null,
  destruction_id  bigint not null references destruction,
  primary key (table_name, row_id)
);
create index consumption_span on consumption using gist (int8range(from_sequence, to_sequence, '[]'));
create index version_replaced on version (source_id, patient) where not head;

-- Rules that a list of findings names: what a rule found is looked up by it.
create function finding_rules(findings jsonb) returns jsonb language sql immutable parallel safe
return jsonb_path_query_array(findings, '$[*].rule');
create index finding_list_rules on finding_list using gin (finding_rules(findings));
create index assessment_found on assessment (finding_list) where finding_list is not null;
