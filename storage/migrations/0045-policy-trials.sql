-- A proposed policy is tried against all that is stored before anybody puts it in force.
alter table policy_proposal
  -- pipelines/assessment/try-policy.ts, PolicyTrial; null until a worker has tried it.
  add column trial jsonb,
  add column tried_at timestamptz,
  -- terms/decision.ts, Signature: of who put it in force.
  add column signature jsonb;
create index policy_proposal_untried on policy_proposal (id) where state = 'open' and trial is null;
