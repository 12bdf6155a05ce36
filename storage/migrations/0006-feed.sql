-- What a resource is retracted by, found without reading its other entries [21].
create index feed_entry_retraction on feed_entry (source_id, type, logical_id, purpose, sequence) where kind = 'retraction';

-- Said already by version_id, whose row has both: two checks less while the counter is locked [20].
alter table feed_entry drop constraint feed_entry_source_id_fkey;
alter table feed_entry drop constraint feed_entry_run_id_fkey;
