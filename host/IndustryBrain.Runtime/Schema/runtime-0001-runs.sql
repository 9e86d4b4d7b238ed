-- The index over unfinished runs, for all organizations: ids and times only. A row goes when its run ends,
-- so looking for work costs the same however long the history is.
create table run_work (
    run_id uuid primary key,
    organization text not null,
    state text not null check (state in ('queued', 'executing', 'waiting')),
    node_id uuid,
    accepted_at timestamptz not null,
    due timestamptz,
    taken_over boolean not null default false,
    cancel_requested boolean not null default false
);
create index run_work_queued on run_work (accepted_at) where state = 'queued';
create index run_work_due on run_work (due) where state = 'waiting';
create index run_work_node on run_work (node_id) where state = 'executing';

-- The processes that execute runs. Each holds an advisory lock on its id for as long as it lives.
create table run_node (
    node_id uuid primary key,
    started_at timestamptz not null,
    seen_at timestamptz not null
);
