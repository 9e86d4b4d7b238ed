create table stored_file (
    id uuid primary key,
    organization text not null,
    name text not null,
    size bigint not null,
    sha256 bytea not null,
    created_at timestamptz not null
);
create index stored_file_organization on stored_file (organization, created_at desc);
create table stored_file_chunk (
    file_id uuid not null references stored_file (id) on delete cascade,
    number int not null,
    content bytea not null,
    primary key (file_id, number)
);
-- Uploads are mostly compressed already (xlsx, png, zip): compressing again would only cost time.
alter table stored_file_chunk alter column content set storage external;
