-- Since when a run is broken: it faulted, or goes on with something that did. Its state stays until it is purged, so that somebody can let it go on.
alter table run add column if not exists failed_at timestamptz;
create index if not exists run_failed on run (organization, failed_at desc, id) where failed_at is not null;
create index if not exists run_failed_at on run (failed_at) where failed_at is not null;
update run set failed_at = coalesce((record -> 'incident' ->> 'timestamp')::timestamptz, (record ->> 'finishedAt')::timestamptz, created_at)
where failed_at is null and (sub_status = 'Faulted' or (status = 'Running' and record -> 'incident' is not null and record -> 'incident' <> 'null'));
