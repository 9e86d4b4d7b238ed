-- What was set for an organization while the hosts ran; it goes before what their configuration says.
create table if not exists organization_quota (
    organization text primary key,
    quota jsonb not null,
    revision int not null,
    updated_at timestamptz not null,
    updated_by jsonb not null
);
