-- What a link holds is not here, only its hash.
create table password_link (
    hash bytea primary key,
    person text not null,
    expires_at timestamptz not null,
    is_active boolean not null
);

create table account_use (
    person text primary key,
    at timestamptz not null
);
