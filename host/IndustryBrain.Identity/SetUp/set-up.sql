create table set_up_link (
    hash bytea primary key,
    role text not null,
    expires_at timestamptz not null,
    secret bytea not null
);
