-- What happened to a run: one row a commit, and further rows where a commit is large. The key of a commit's first row is the
-- fence: of two nodes that go on from the same version, one inserts it.
create table run_journal (
    run_id uuid not null,
    version bigint not null,
    organization text not null,
    count integer not null,
    events bytea not null,
    primary key (run_id, version)
);

-- How a run stands: what lists show and are filtered by. Rewritten with each commit of the run.
create table run (
    id uuid primary key,
    organization text not null,
    definition_id text not null,
    parent_id uuid,
    status text not null,
    sub_status text not null,
    created_at timestamptz not null,
    version bigint not null,
    record jsonb not null
) with (fillfactor = 70);
create index run_organization_created on run (organization, created_at desc, id);
create index run_definition on run (organization, definition_id, created_at desc);
create index run_parent on run (parent_id) where parent_id is not null;

-- The engine's state of an unfinished run at its last commit.
create table run_state (
    run_id uuid primary key,
    organization text not null,
    version bigint not null,
    state bytea not null
) with (fillfactor = 70);

-- A hash index walks all entries of one key to add another: a million runs may wait for the same event. Names of any length
-- are found by their hash.
drop index run_wait_event;
create index run_wait_event on run_wait (hashtextextended(event, 0), organization);
drop index run_event_name;
create index run_event_name on run_event (hashtextextended(event, 0), organization);

-- Earlier versions kept runs as documents and event streams. They are moved, and their tables go: a host of an earlier version
-- that still runs fails from here on, instead of recording where nobody looks.
do $$
begin
    if to_regclass('mt_doc_runrecord') is null then
        return;
    end if;
    lock table mt_doc_runrecord, mt_doc_runsnapshot, mt_streams, mt_events in access exclusive mode;
    insert into run (id, organization, definition_id, parent_id, status, sub_status, created_at, version, record)
    select id, tenant_id, data ->> 'definitionId', (data ->> 'parentRunId')::uuid, data ->> 'status', data ->> 'subStatus',
        (data ->> 'createdAt')::timestamptz, (data ->> 'streamVersion')::bigint, data
    from mt_doc_runrecord;
    insert into run_state (run_id, organization, version, state)
    select id, tenant_id, (data ->> 'streamVersion')::bigint, decode(data ->> 'state', 'base64') from mt_doc_runsnapshot;
    -- One row for each event: its number is the key, and a stream of any length is moved in the memory of one event.
    insert into run_journal (run_id, version, organization, count, events)
    select e.stream_id, e.version, e.tenant_id, 1, convert_to(json_build_array(e.type, e.data)::text, 'UTF8')
    from mt_events e join run r on r.id = e.stream_id and r.organization = e.tenant_id;
    delete from mt_events e using run r where r.id = e.stream_id and r.organization = e.tenant_id;
    delete from mt_streams s using run r where r.id = s.id and r.organization = s.tenant_id;
    drop table mt_doc_runrecord, mt_doc_runsnapshot;
end $$;
