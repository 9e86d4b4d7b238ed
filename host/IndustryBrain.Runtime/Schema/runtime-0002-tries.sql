-- How often in a row a run broke at the same place while the database answered.
alter table run_work add column tries integer not null default 0;
