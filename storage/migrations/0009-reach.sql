-- [14] The version of the same patient whose finding, by its reach, holds this one too.
alter table verdict add column held_by bigint references version;

-- A result is discarded if the compartment moved since it was read [9]: its newest version tells.
drop index version_compartment;
create index version_compartment on version (source_id, patient, type, id) where head;

-- One assessment under one policy may be held by reach, freed, and held again.
alter table verdict drop constraint verdict_assessment_id_policy_id_waivers_purposes_key;
alter table verdict add constraint verdict_key unique nulls not distinct (assessment_id, policy_id, waivers, purposes, held_by);
