-- [19] A consumer that reads Kafka names its consumer group: what the group has committed is polled as consumption.
alter table consumer add column kafka_group text unique;
-- How a range was learnt: 'http' reads, or 'kafka' group offsets.
alter table consumption add column via text not null default 'http' check (via in ('http', 'kafka'));
