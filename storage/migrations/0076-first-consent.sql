-- The first of two people who are for what no person proposed signs as the second does; what was accepted names the policy it became.
alter table policy_proposal add column first_at timestamptz, add column first_signature jsonb, add column policy_id integer references policy;
