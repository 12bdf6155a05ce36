-- A case may be about a run or a rule and hold no records: what it says then stands in it.
alter table exception add column says text;

-- The case that an alarm opened, or joined.
alter table alarm add column exception_id bigint references exception;

-- What fhir-assay itself proposes needs two people: the first who is for it, and the case that tells the owner.
alter table policy_proposal add column first_by text;
alter table policy_proposal add column exception_id bigint references exception;
