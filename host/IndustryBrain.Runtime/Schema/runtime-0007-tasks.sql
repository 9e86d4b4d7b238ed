-- What runs ask people. Opened and withdrawn in the transaction of the run's commit; decided in a transaction that also tells the run. Whoever locks both the run's row in run_work and
-- the task's takes the run's first.
create table human_task (
    run_id uuid not null,
    step_id text not null,
    organization text not null,
    definition_id text not null,
    status text not null check (status in ('open', 'decided', 'expired', 'withdrawn')),
    assignee text,
    role text,
    escalated_to text,
    delegates text[] not null default '{}',
    delegators text[] not null default '{}',
    decided_by text[] not null default '{}',
    due timestamptz,
    next_at timestamptz,
    created_at timestamptz not null,
    closed_at timestamptz,
    outcome text,
    reminders integer not null default 0,
    task jsonb not null,
    primary key (run_id, step_id)
);
create index human_task_created on human_task (organization, created_at desc, run_id);
create index human_task_open on human_task (organization, created_at desc) where status = 'open';
create index human_task_next on human_task (next_at) where status = 'open' and next_at is not null;

-- What happened to a task, in order: votes, comments, delegations, reminders, escalations.
create table human_task_entry (
    id bigint generated always as identity primary key,
    run_id uuid not null,
    step_id text not null,
    at timestamptz not null,
    kind text not null check (kind in ('decided', 'commented', 'delegated', 'reminded', 'escalated')),
    entry jsonb not null,
    foreign key (run_id, step_id) references human_task on delete cascade
);
create index human_task_entry_task on human_task_entry (run_id, step_id, id);

-- What runs can be told is said where they read it.
alter table run_inbox drop constraint if exists run_inbox_kind_check;
