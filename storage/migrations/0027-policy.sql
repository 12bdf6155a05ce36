-- A policy that somebody, or the rules' own figures, would put in force: another person decides [13].
create table policy_proposal (
  id           bigint generated always as identity primary key,
  body         jsonb not null,
  -- The policy it was made from: accepted only while that one is in force.
  from_policy  integer not null references policy,
  -- The rule that it is about; null where it is about more.
  rule         text,
  because      text not null,
  proposed_by  text not null,
  proposed_at  timestamptz not null default now(),
  state        text not null default 'open' check (state in ('open', 'accepted', 'refused', 'overtaken')),
  decided_by   text,
  decided_at   timestamptz
);
-- One open proposal a rule.
create unique index policy_proposal_of on policy_proposal (rule) where state = 'open' and rule is not null;
