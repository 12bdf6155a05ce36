-- What is found repeats: 55,000 resources had some 1,500 different lists of findings, and each was written twice, 1.2 kB
-- at a time. A list is kept once, named by the SHA-256 of its JSON text.
create table finding_list (
  id        bigint generated always as identity primary key,
  hash      bytea not null unique,
  -- terms/finding.ts, an array; never empty.
  findings  jsonb not null
);
insert into finding_list (hash, findings)
select distinct on (hash) sha256(convert_to(findings::text, 'UTF8')) as hash, findings
  from (select findings from version union all select findings from assessment) as found where findings is not null;

alter table version add column finding_list bigint;
alter table assessment add column finding_list bigint;
update version v set finding_list = l.id from finding_list l where l.hash = sha256(convert_to(v.findings::text, 'UTF8'));
update assessment a set finding_list = l.id from finding_list l where l.hash = sha256(convert_to(a.findings::text, 'UTF8'));
alter table version drop column findings;
alter table assessment drop column findings;

-- `v.findings`, `a.findings` read as before: null where nothing was found.
create function findings(version) returns jsonb language sql stable parallel safe
return (select l.findings from finding_list l where l.id = $1.finding_list);
create function findings(assessment) returns jsonb language sql stable parallel safe
return (select l.findings from finding_list l where l.id = $1.finding_list);
