-- The rows of data sets: those of a version stand under positions from 0 on.
create table data_set_row (
    organization text not null,
    data_set uuid not null,
    version integer not null,
    position bigint not null,
    value json not null,
    primary key (data_set, version, position)
);
create index data_set_row_organization on data_set_row (organization);

-- What plugins have added, by its id: the same is not added twice.
create table data_set_write (
    organization text not null,
    data_set uuid not null,
    id text not null,
    at timestamptz not null,
    primary key (data_set, id)
);

-- The version that a run has begun to read.
create table data_set_pin (
    organization text not null,
    run_id uuid not null,
    data_set uuid not null,
    version integer not null,
    primary key (run_id, data_set)
);
