-- People decide [16–18].

alter table exception
  -- Tells a case that people split off from the one it came from.
  add column part text not null default '',
  -- [17] What comes with its cause goes to the case it was merged into, while that is open.
  add column merged_into bigint references exception,
  -- Repeated from the case's events, for the queue.
  add column assignee text,
  add column turn text not null default 'us' check (turn in ('us', 'second-person', 'governor', 'clinician', 'source')),
  add column escalated boolean not null default false,
  add column reminded boolean not null default false,
  -- When the decision within its undo window takes effect.
  add column effect_at timestamptz,
  -- Of a case that a person touched: the number of its events.
  add column events integer not null default 0;

drop index exception_open;
create unique index exception_open on exception (source_id, rule, cause, retraction, part) where state = 'open';
create index exception_split on exception (source_id, rule, cause, retraction) where state = 'open' and part <> '';
create index exception_merged on exception (source_id, rule, cause, retraction) where merged_into is not null;
create index exception_effect on exception (effect_at) where effect_at is not null;
create index exception_assigned on exception (assignee, priority, due_at, id) where state = 'open' and assignee is not null;

-- Who acts: as the identity provider named him at his last sign-in.
create table person (
  subject     text primary key,
  name        text not null,
  credential  text not null default '',
  roles       text[] not null,
  -- Sources whose cases the person may see; null: all.
  facilities  text[],
  -- Whose figures the person may see beside his own.
  leads       text[] not null default '{}',
  last_seen   timestamptz not null default now()
);

-- Written by the API before it asks the case's workflow: workflows carry the id alone [24].
create table case_command (
  id            uuid primary key,
  exception_id  bigint not null references exception,
  body          jsonb not null,
  by_person     text not null,
  roles         text[] not null,
  at            timestamptz not null default now(),
  -- null: not looked at yet; 'done', or the code of the refusal.
  outcome       text
);

-- terms/case-act.ts, CaseEvent: what the case is folded from.
create table case_event (
  exception_id  bigint not null references exception,
  n             integer not null,
  kind          text not null,
  body          jsonb not null,
  by_person     text not null,
  command_id    uuid,
  -- Whose turn it was after it: the clocks count by this.
  turn          text not null,
  at            timestamptz not null,
  primary key (exception_id, n)
);

create table decision (
  -- The id of the command that made it.
  id            uuid primary key,
  exception_id  bigint not null references exception,
  -- terms/decision.ts, Decision.
  body          jsonb not null,
  state         text not null default 'pending' check (state in ('pending', 'effective', 'undone', 'superseded', 'reversed')),
  by_person     text not null,
  disposition   text not null,
  validity      text not null,
  root_cause    text not null,
  decided_at    timestamptz not null,
  effect_at     timestamptz not null,
  -- When what it let go was in the feed and what it took back was retracted.
  settled_at    timestamptz,
  bulk_id       uuid
);
create index decision_of on decision (exception_id);
create index decision_unsettled on decision (effect_at) where settled_at is null and state in ('pending', 'effective', 'reversed');

-- In place of the policy's answer to findings with the rule and cause, for the purposes [11].
create table ruling (
  decision_id  uuid primary key references decision,
  source_id    integer not null references source,
  rule         text not null,
  cause        text not null,
  scope        text not null check (scope in ('members', 'cause')),
  action       text not null check (action in ('score', 'flag', 'exclude')),
  purposes     text[] not null,
  expires_at   timestamptz,
  ended_at     timestamptz,
  ended_by     text check (ended_by in ('expired', 'reversed'))
);
create index ruling_in_force on ruling (source_id, rule, cause) where ended_at is null and scope = 'cause';
create index ruling_expiring on ruling (expires_at) where ended_at is null;

-- What a decision covers: versions as they were members when it took effect.
create table ruled_version (
  version_id   bigint not null references version,
  decision_id  uuid not null references decision,
  -- Of the finding that waited.
  rule         text not null,
  cause        text not null,
  primary key (version_id, decision_id, rule, cause)
);
create index ruled_by on ruled_version (decision_id, version_id);

-- What somebody outside is asked for; shown to EHRs as a FHIR Task.
create table case_task (
  id            uuid primary key,
  exception_id  bigint not null references exception,
  kind          text not null check (kind in ('evidence', 'chart-correction', 'identity')),
  asked_of      text not null check (asked_of in ('clinician', 'source', 'identity')),
  text          text not null,
  state         text not null default 'requested' check (state in ('requested', 'completed', 'cancelled')),
  asked_at      timestamptz not null,
  done_at       timestamptz,
  -- Told to the webhook.
  sent_at       timestamptz
);
create index case_task_of on case_task (exception_id) where state = 'requested';
create index case_task_unsent on case_task (asked_at) where sent_at is null;

-- While away: with dates, never to oneself, never further.
create table delegation (
  id          bigint generated always as identity primary key,
  person      text not null references person,
  delegate    text not null references person check (delegate <> person),
  from_day    date not null,
  until_day   date not null check (until_day >= from_day),
  ended_at    timestamptz
);
create index delegation_of on delegation (person, from_day, until_day) where ended_at is null;

-- What a person is told: a reminder, an escalation, a case given to him.
create table notice (
  id            bigint generated always as identity primary key,
  -- A person, or everyone with a role.
  person        text,
  role          text,
  exception_id  bigint not null references exception,
  kind          text not null,
  at            timestamptz not null default now(),
  seen_at       timestamptz,
  check (person is not null or role is not null)
);
create index notice_unseen on notice (person, role) where seen_at is null;
