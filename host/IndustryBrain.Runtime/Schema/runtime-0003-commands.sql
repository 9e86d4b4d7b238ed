-- What a run was told and has not yet taken note of, in the order of arrival. Whoever adds an entry holds the lock of the
-- run's row in run_work, and so does a commit that lets the run wait: one of the two sees the other.
create table run_inbox (
    id bigint generated always as identity primary key,
    run_id uuid not null references run_work on delete cascade,
    kind text not null check (kind in ('cancel', 'event', 'child')),
    body text not null
);
create index run_inbox_run on run_inbox (run_id, id);
insert into run_inbox (run_id, kind, body) select run_id, 'cancel', '{}' from run_work where cancel_requested;
alter table run_work drop column cancel_requested;

-- The events that runs wait for, and those that were published while nobody waited.
create table run_wait (
    run_id uuid not null references run_work on delete cascade,
    event text not null,
    organization text not null,
    correlation_id text
);
create index run_wait_run on run_wait (run_id);
create index run_wait_event on run_wait using hash (event);
create table run_event (
    id bigint generated always as identity primary key,
    organization text not null,
    event text not null,
    correlation_id text,
    body text not null,
    at timestamptz not null
);
create index run_event_name on run_event using hash (event);

-- Held to the end of the transaction by whoever publishes an event and by whoever begins to wait for one.
create procedure run_event_lock(name_key bigint) language sql as $$ select pg_advisory_xact_lock(name_key) $$;

-- Commands whose effect is recorded: the same transaction inserts the command's id, so that it has its effect once.
create table run_command (
    id uuid primary key,
    at timestamptz not null default now()
);

-- Which node of the messaging this process is, so that whoever finds it gone can say so there as well.
alter table run_node add column messaging_id uuid, add column messaging_number int;

-- Whoever listens hears at once that a run was told something, or that there is work that nobody does.
create function run_inbox_notify() returns trigger language plpgsql as $$
begin
    perform pg_notify('industrybrain_run', 'inbox:' || new.run_id);
    return null;
end $$;
create trigger run_inbox_told after insert on run_inbox for each row execute function run_inbox_notify();
create function run_work_notify() returns trigger language plpgsql as $$
begin
    perform pg_notify('industrybrain_run', 'work');
    return null;
end $$;
create trigger run_work_queued after insert or update of state on run_work for each row when (new.state = 'queued') execute function run_work_notify();
create trigger run_work_due after update of due on run_work for each row when (new.due <= to_timestamp(0) and new.due is distinct from old.due) execute function run_work_notify();
