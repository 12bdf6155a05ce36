-- People sign in; what they may see; what they looked at.

create table session (
  -- SHA-256 of the cookie's random word.
  id            bytea primary key,
  person        text not null references person,
  -- Sent by the page with each act; another site cannot know it.
  csrf          text not null,
  began_at      timestamptz not null default now(),
  seen_at       timestamptz not null default now(),
  ended_at      timestamptz,
  -- 21 CFR 11.200(a)(1)(i): the last full sign-in for signing, the last signature since, whether there was one.
  signing_at    timestamptz,
  signed_at     timestamptz,
  -- Wrong touches of a passkey in a row.
  wrong_touches integer not null default 0,
  -- What a passkey is asked to sign next.
  challenge     text
);
create index session_of on session (person) where ended_at is null;

-- A sign-in that was begun: its state is in a cookie of its own.
create table sign_in (
  state          text primary key,
  nonce          text not null,
  code_verifier  text not null,
  -- A path of this console.
  goes_to        text not null,
  for_signing    boolean not null,
  -- Whose session it renews, for signing.
  person         text,
  began_at       timestamptz not null default now()
);

create table passkey (
  id          text primary key,
  person      text not null references person,
  public_key  bytea not null,
  counter     bigint not null,
  added_at    timestamptz not null default now()
);
create index passkey_of on passkey (person);

-- A reason, and an hour: the privacy officer is told.
create table broken_glass (
  id         bigint generated always as identity primary key,
  person     text not null references person,
  source_id  integer not null references source,
  reason     text not null,
  at         timestamptz not null default now(),
  until      timestamptz not null
);
create index broken_glass_of on broken_glass (person, source_id, until);

-- Each time a person opened a record.
create table record_view (
  id            bigint generated always as identity primary key,
  person        text not null references person,
  version_id    bigint not null,
  exception_id  bigint references exception,
  -- The hash of what was shown.
  shown         bytea not null,
  at            timestamptz not null default now()
);
create index record_view_in on record_view (exception_id, person, version_id);
create index record_view_of on record_view (version_id);

create table saved_view (
  id      bigint generated always as identity primary key,
  person  text not null references person,
  name    text not null,
  -- The query of the queue's address.
  query   text not null,
  unique (person, name)
);

alter table notice add column about text;
alter table notice alter column exception_id drop not null;

create index exception_due on exception (due_at, id) where state = 'open';
create index exception_opened on exception (opened_at, id) where state = 'open';
