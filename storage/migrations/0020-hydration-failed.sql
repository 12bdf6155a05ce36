-- [8] A reference that the source kept failing at: neither there nor absent; the next run asks again.
alter table hydration_request drop constraint hydration_request_outcome_check;
alter table hydration_request add constraint hydration_request_outcome_check
  check (outcome in ('fetched', 'absent-at-source', 'ambiguous', 'refused', 'failed'));
-- [8] What a conditional reference means, for whoever reads the referring record.
create index hydration_request_resolved on hydration_request (reference) where resolved is not null;
