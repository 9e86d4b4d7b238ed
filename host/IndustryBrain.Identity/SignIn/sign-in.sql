create table sign_in_attempt (
    key text primary key,
    count int not null,
    since timestamptz not null,
    locked_until timestamptz
);

-- The id is the SHA-256 of what the cookie holds: who reads the table cannot become anybody.
create table sign_in_session (
    id bytea primary key,
    person text not null,
    organization text not null,
    stamp text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    confirmed_at timestamptz not null,
    has_factor boolean not null,
    address text not null,
    browser text not null,
    ended_at timestamptz
);
create index sign_in_session_person on sign_in_session (person, created_at) where ended_at is null;

create table second_factor (
    person text primary key,
    secret bytea not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0
);

create table recovery_code (
    person text not null,
    hash bytea not null,
    used_at timestamptz,
    primary key (person, hash)
);
