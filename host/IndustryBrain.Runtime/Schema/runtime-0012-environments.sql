-- Runs of other environments than production are few: a list of them does not look through all.
create index if not exists run_environment on run (organization, (record ->> 'environment'), created_at desc) where record ->> 'environment' is not null;
