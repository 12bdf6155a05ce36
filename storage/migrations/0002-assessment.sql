-- Findings, verdicts, what waits for people.

-- [13] The policy in force is the newest row.
create table policy (
  id          integer generated always as identity primary key,
  body        jsonb not null,
  hash        bytea not null,
  put_by      text not null,
  in_force_at timestamptz not null default now()
);

-- A unit of assessment after the barrier: some patients, or resources outside any compartment.
create table partition (
  id          bigint generated always as identity primary key,
  run_id      bigint not null references run,
  number      integer not null,
  -- Logical ids of the patients; '' stands for what is in no compartment.
  patients    text[] not null,
  -- For the partition of no patient: the range of version ids.
  from_version bigint,
  to_version   bigint,
  state       text not null default 'pending' check (state in ('pending', 'assessed', 'released')),
  unique (run_id, number)
);

create table assessment (
  id            bigint generated always as identity primary key,
  version_id    bigint not null references version,
  rule_set_id   integer not null references rule_set,
  context_hash  bytea not null,
  run_id        bigint not null references run,
  as_of         timestamptz not null,
  -- terms/finding.ts, an array; null where there are none.
  findings      jsonb,
  -- The newest assessment of its version is the one that counts.
  current       boolean not null default true,
  unique (version_id, rule_set_id, context_hash)
);
create unique index assessment_current on assessment (version_id) where current;

-- [11] Purposes with one answer share a row.
create table verdict (
  id             bigint generated always as identity primary key,
  assessment_id  bigint not null references assessment,
  version_id     bigint not null references version,
  policy_id      integer not null references policy,
  -- Hash of the active waivers that were applied; empty where there were none.
  waivers        bytea not null default '',
  purposes       text[] not null,
  outcome        text not null check (outcome in ('release', 'release-with-flags', 'hold', 'exclude')),
  flags          text[] not null,
  -- Indices into the assessment's findings.
  because        integer[] not null,
  -- What cleared a version that was held before [9]: the rules that no longer find anything.
  cleared        text[] not null default '{}',
  current        boolean not null default true,
  run_id         bigint not null references run,
  at             timestamptz not null default now(),
  unique (assessment_id, policy_id, waivers, purposes)
);
create index verdict_current on verdict (version_id) where current;

create table exception (
  id          bigint generated always as identity primary key,
  source_id   integer not null references source,
  rule        text not null,
  cause       text not null,
  state       text not null default 'open' check (state in ('open', 'closed')),
  -- Why it closed: decided, cleared, superseded.
  closed_by   text,
  revision    integer not null default 1,
  priority    smallint not null,
  reach       text not null check (reach in ('version', 'patient')),
  owner       text not null,
  -- A retraction candidate: its members are released already [9].
  retraction  boolean not null default false,
  opened_at   timestamptz not null default now(),
  due_at      timestamptz not null,
  closed_at   timestamptz
);
-- [17] Settles races.
create unique index exception_open on exception (source_id, rule, cause, retraction) where state = 'open';
create index exception_queue on exception (priority, due_at, id) where state = 'open';

create table exception_member (
  exception_id   bigint not null references exception,
  version_id     bigint not null references version,
  assessment_id  bigint not null references assessment,
  -- Index into the assessment's findings.
  finding        integer not null,
  purposes       text[] not null,
  revision       integer not null,
  -- 'waiting', or how it left: cleared, superseded, decided.
  state          text not null default 'waiting',
  primary key (exception_id, version_id, assessment_id, finding)
);
create index exception_member_version on exception_member (version_id) where state = 'waiting';
