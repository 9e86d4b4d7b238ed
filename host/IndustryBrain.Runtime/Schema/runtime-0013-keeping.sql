-- A run that somebody holds: what it is told is kept, and nobody claims it; due is when that ends by itself.
alter table run_work drop constraint if exists run_work_state_check;
alter table run_work add constraint run_work_state_check check (state in ('queued', 'executing', 'waiting', 'paused'));
create index if not exists run_work_paused on run_work (due) where state = 'paused';

-- The scenarios whose new runs are held from their acceptance on.
create table if not exists scenario_pause (
    organization text not null,
    definition_id text not null,
    pause jsonb not null,
    primary key (organization, definition_id)
);

-- Finished runs that have left the journal: each a compressed document, with the digest of what was compressed. A deleted one keeps its row without the content.
create table if not exists run_archive (
    run_id uuid primary key,
    organization text not null,
    definition_id text not null,
    sub_status text not null,
    created_at timestamptz not null,
    finished_at timestamptz not null,
    archived_at timestamptz not null,
    deleted_at timestamptz,
    size bigint not null,
    sha256 bytea not null,
    content bytea,
    record jsonb not null
);
alter table run_archive alter column content set storage external;
create index if not exists run_archive_created on run_archive (organization, created_at desc, run_id);
create index if not exists run_archive_finished on run_archive (organization, finished_at) where content is not null;

-- What must not be deleted, and who says so. A hold that was lifted stays on record.
create table if not exists run_hold (
    id uuid primary key,
    organization text not null,
    scope text not null check (scope in ('run', 'scenario', 'organization')),
    target text not null,
    reason text not null,
    placed_at timestamptz not null,
    placed_by jsonb not null,
    lifted_at timestamptz,
    lifted_by jsonb,
    lift_reason text
);
create index if not exists run_hold_organization on run_hold (organization, placed_at desc);
create index if not exists run_hold_active on run_hold (organization, scope, target) where lifted_at is null;

create or replace function run_is_held(of_organization text, of_definition text, of_run uuid) returns boolean language sql stable as $$
    select exists (select 1 from run_hold h where h.organization = of_organization and h.lifted_at is null
        and (h.scope = 'organization' or (h.scope = 'scenario' and h.target = of_definition) or (h.scope = 'run' and h.target = of_run::text)))
$$;

-- What an organization used on a day (UTC), as its nodes counted it.
create table if not exists run_usage (
    organization text not null,
    day date not null,
    runs bigint not null default 0,
    steps bigint not null default 0,
    primary key (organization, day)
);

-- How much of everything an organization has at the moment, as one node counted it last.
create table if not exists run_standing (
    organization text primary key,
    executing bigint not null,
    queued bigint not null,
    waiting bigint not null,
    paused bigint not null,
    stored_bytes bigint not null,
    at timestamptz not null
);
