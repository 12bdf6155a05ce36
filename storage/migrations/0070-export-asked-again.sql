-- A source that forgot the export before it was finished (a restart of its server) is asked for it again, a few times.
alter table export_job add column asked_again int not null default 0;
