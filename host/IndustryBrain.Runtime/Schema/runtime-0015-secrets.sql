-- When each value of a secret was used last.
create table secret_use (
    organization text not null,
    name text not null,
    version integer not null,
    at timestamptz not null,
    primary key (organization, name, version)
);
