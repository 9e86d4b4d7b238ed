-- Numbers are given before the commit: those of transactions that were rolled back stay gaps. A seal has none.
alter table audit_record add column number bigint generated always as identity;
create unique index audit_record_number on audit_record (number);

create table audit_seal (
    number bigint primary key,
    organization text not null,
    seq bigint not null,
    link bytea not null,
    unique (organization, seq)
);

create table audit_checkpoint (
    organization text not null,
    seq bigint not null,
    body bytea not null,
    signature bytea not null,
    primary key (organization, seq)
);

-- What was recorded up to here carries no proof.
create table audit_start as select coalesce(max(number), 0) as number from audit_record;

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is insert-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_seal_no_change before update or delete on audit_seal for each row execute function audit_refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal for each statement execute function audit_refuse_change();
create trigger audit_checkpoint_no_change before update or delete on audit_checkpoint for each row execute function audit_refuse_change();
create trigger audit_checkpoint_no_truncate before truncate on audit_checkpoint for each statement execute function audit_refuse_change();
create trigger audit_start_no_change before insert or update or delete on audit_start for each row execute function audit_refuse_change();
create trigger audit_start_no_truncate before truncate on audit_start for each statement execute function audit_refuse_change();
