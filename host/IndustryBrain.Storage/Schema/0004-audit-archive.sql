-- What lies before a base has left for a file; the base is signed, so that nobody without the key can say so.
create table audit_base (
    organization text not null,
    seq bigint not null,
    number bigint not null,
    body bytea not null,
    signature bytea not null,
    primary key (organization, seq)
);
create trigger audit_base_no_change before update or delete on audit_base for each row execute function audit_refuse_change();
create trigger audit_base_no_truncate before truncate on audit_base for each statement execute function audit_refuse_change();

create function audit_refuse_unless_archiving() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('industrybrain.archiving', true) = 'on' then
        return old;
    end if;
    raise exception '% is insert-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
drop trigger audit_record_no_change on audit_record;
create trigger audit_record_no_change before update or delete on audit_record for each row execute function audit_refuse_unless_archiving();
drop trigger audit_seal_no_change on audit_seal;
create trigger audit_seal_no_change before update or delete on audit_seal for each row execute function audit_refuse_unless_archiving();
