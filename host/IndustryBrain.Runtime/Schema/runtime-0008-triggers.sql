-- What starts runs of published scenarios by time or event. Replaced when a scenario is published; a firing is recorded in the transaction that accepts its run.
create table scenario_trigger (
    organization text not null,
    definition_id text not null,
    activity_id text not null,
    kind text not null check (kind in ('timer', 'cron', 'startat', 'event')),
    said text not null,
    time_zone text not null,
    missed text not null check (missed in ('once', 'skip', 'all')),
    next_at timestamptz,
    fired_at timestamptz,
    refused text,
    primary key (organization, definition_id, activity_id)
);
create index scenario_trigger_next on scenario_trigger (next_at) where next_at is not null;
create index scenario_trigger_event on scenario_trigger (organization, hashtextextended(said, 0)) where kind = 'event';
