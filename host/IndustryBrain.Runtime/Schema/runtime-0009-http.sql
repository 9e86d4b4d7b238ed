-- Paths with parameters that runs wait for: a request is compared with each of them once, however many runs wait.
create index if not exists run_wait_route on run_wait (organization, left(event, 500)) where event like 'Elsa.HttpEndpoint:%{%';
