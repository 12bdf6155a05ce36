-- What was said when it was said, so that a replay says the same whatever was judged since.
alter table feed_entry add column rule_set_id integer;
alter table feed_entry add column outcome text;
alter table feed_entry add column flags text[] not null default '{}';
update feed_entry e set rule_set_id = a.rule_set_id, outcome = d.outcome, flags = d.flags
  from verdict d join assessment a on a.id = d.assessment_id where d.id = e.verdict_id;
