-- What is forgotten by age is found by age, however much of it there is.
create index run_event_at on run_event (at);
create index run_command_at on run_command (at);
