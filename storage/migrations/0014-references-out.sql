-- What a patient's current resources name that is not in his compartment: a change there touches it [9]. A few rows a
-- patient; finding them in the resources read everything that a source has at each change outside the compartments.
create table reference_out (
  source_id  integer not null references source,
  -- As the resource has it, 'Type/id'. Not taken back: one compartment too many is assessed again, none too few.
  reference  text not null,
  patient    text not null,
  primary key (source_id, reference, patient)
);
insert into reference_out (source_id, reference, patient)
select distinct v.source_id, ref, v.patient
  from version v cross join lateral unnest(v.refs) as ref
 where v.head and v.patient <> ''
   and not exists (select from version t where t.source_id = v.source_id and t.type = split_part(ref, '/', 1)
                     and t.logical_id = split_part(ref, '/', 2) and t.head and t.patient = v.patient);
