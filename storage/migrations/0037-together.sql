-- Deciding together, looking again.

-- A bulk decision: what was previewed, what had to be opened first, what was decided.
create table bulk (
  id          uuid primary key,
  person      text not null references person,
  -- [{exception, revision, records}], as it was previewed.
  cases       jsonb not null,
  -- [{exception, version}] chosen at random.
  must_open   jsonb not null,
  at          timestamptz not null default now(),
  decided_at  timestamptz
);

-- A period's sample of what was released with no finding; the seed makes it again.
create table sample (
  id        bigint generated always as identity primary key,
  from_day  date not null,
  until_day date not null,
  seed      text not null,
  size      integer not null,
  drawn_by  text not null references person,
  drawn_at  timestamptz not null default now(),
  unique (from_day, until_day)
);

-- Cases with a known answer, made up: apart from everything that landed.
create table known_answer (
  id        bigint generated always as identity primary key,
  rule      text not null,
  says      text not null,
  type      text not null,
  -- FHIR JSON, synthetic.
  text      text not null,
  validity  text not null,
  added_by  text not null references person,
  added_at  timestamptz not null default now()
);

-- What one person looks at blind: a record of a sample, another's decision, a known answer.
create table review_item (
  id           bigint generated always as identity primary key,
  kind         text not null check (kind in ('sample', 'second-look', 'known-answer')),
  sample_id    bigint references sample,
  version_id   bigint,
  -- Stratum of a sample.
  source_id    integer references source,
  type         text,
  author       text check (author in ('human', 'ai')),
  decision_id  uuid references decision,
  known_id     bigint references known_answer,
  -- Who took it; the answer is his.
  reviewer     text references person,
  taken_at     timestamptz,
  -- Sample: something is wrong with it.
  wrong        boolean,
  validity     text,
  reason       text,
  answered_at  timestamptz
);
create unique index review_of_decision on review_item (decision_id) where decision_id is not null;
create unique index review_of_known on review_item (known_id, reviewer) where known_id is not null;
create unique index review_of_sample on review_item (sample_id, version_id) where sample_id is not null;
create index review_open on review_item (id) where answered_at is null;
