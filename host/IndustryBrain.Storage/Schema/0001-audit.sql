-- Insert-only: the bytes are what a later chain seals, the jsonb copy answers queries and is compared with them.
create table audit_record (
    id uuid primary key,
    organization text not null,
    at timestamptz not null,
    action text not null,
    body bytea not null,
    record jsonb not null
);
create index audit_record_organization_at on audit_record (organization, at desc, id desc);

create function audit_record_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit_record is insert-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_record_no_change before update or delete on audit_record for each row execute function audit_record_refuse_change();
create trigger audit_record_no_truncate before truncate on audit_record for each statement execute function audit_record_refuse_change();
