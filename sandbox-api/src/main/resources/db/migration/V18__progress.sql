-- How far a job is: tenths of the work of reading its tables, never a number of records. How many records of its own batch
-- a provider's order has read.

alter table job add column tenths_read smallint not null default 0 check (tenths_read between 0 and 10);
alter table ingest add column rows_read bigint check (rows_read >= 0);
