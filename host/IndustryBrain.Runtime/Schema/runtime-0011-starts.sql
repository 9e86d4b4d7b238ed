-- What the trigger of a published scenario says of its runs at the same time and within a period; null for as many as come.
alter table scenario_trigger add column if not exists limits text;
alter table scenario_trigger drop constraint if exists scenario_trigger_kind_check;

-- The runs that have a place under a limit of concurrent runs, or wait for one: those wait in run_work without being due.
-- Read and written under the lock of the key (run_event_lock). A row whose run has ended counts no more.
create table if not exists run_start (
    run_id uuid primary key,
    organization text not null,
    definition_id text not null,
    key text not null,
    place bigint generated always as identity,
    is_held boolean not null,
    most integer not null,
    not_before timestamptz
);
create index if not exists run_start_key on run_start (organization, definition_id, key, place);

-- When the last runs of a trigger and key started, or will: as many as its rate limit lets start within a period.
create table if not exists run_rate (
    organization text not null,
    definition_id text not null,
    activity_id text not null,
    key text not null,
    starts timestamptz[] not null,
    until timestamptz not null,
    primary key (organization, definition_id, activity_id, key)
);
create index if not exists run_rate_until on run_rate (until);

-- Gives the places of runs that ended to those that wait longest.
create or replace procedure run_start_advance(organizations text[], definitions text[], keys text[], at timestamptz) language plpgsql as $$
declare
    e record;
    held record;
begin
    for e in select distinct o, d, k from unnest(organizations, definitions, keys) as x (o, d, k) loop
        delete from run_start s where s.organization = e.o and s.definition_id = e.d and s.key = e.k and not exists (select 1 from run_work w where w.run_id = s.run_id);
        loop
            select * into held from run_start s where s.organization = e.o and s.definition_id = e.d and s.key = e.k and s.is_held order by s.place limit 1;
            exit when not found or (select count(*) from run_start s where s.organization = e.o and s.definition_id = e.d and s.key = e.k and not s.is_held) >= held.most;
            update run_start s set is_held = false where s.run_id = held.run_id;
            -- One that is due already was told something, such as to end.
            update run_work w set
                state = case when held.not_before > at then w.state else 'queued' end,
                due = case when held.not_before > at then held.not_before end
            where w.run_id = held.run_id and w.state = 'waiting' and w.due is null;
        end loop;
    end loop;
end $$;

-- The requests with a key of the caller's own that went to a run which waited for them: what it answers is the answer to their repetition.
create table if not exists http_request (
    id uuid primary key,
    organization text not null,
    run_id uuid not null,
    step_id text not null,
    until timestamptz not null
);
create index if not exists http_request_until on http_request (until);

-- What arrives from outside finds its triggers by what they say; some start no run, as runs only wait there.
alter table scenario_trigger add column if not exists starts boolean not null default true;
alter table scenario_trigger add column if not exists repeat_key text;
create index if not exists scenario_trigger_said on scenario_trigger (organization, kind, hashtextextended(said, 0));
drop index if exists scenario_trigger_event;

-- How the brokers and folders stand from which things arrive.
create table if not exists trigger_source (
    organization text not null,
    kind text not null,
    name text not null,
    is_connected boolean not null,
    problem text,
    at timestamptz not null,
    primary key (organization, kind, name)
);

-- The files that were taken: each once, until it is out of its folder.
create table if not exists arrived_file (
    organization text not null,
    folder text not null,
    name text not null,
    size bigint not null,
    modified timestamptz not null,
    primary key (organization, folder, name, size, modified)
);
