-- Paths with parameters that runs wait for: a request is compared with each of them once, however many runs wait.
create index if not exists run_wait_route on run_wait (organization, left(event, 500)) where event like 'Elsa.HttpEndpoint:%{%';

-- What runs can be told is said where they read it.
alter table run_inbox drop constraint if exists run_inbox_kind_check;
