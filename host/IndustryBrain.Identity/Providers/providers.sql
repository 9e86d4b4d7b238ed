-- Who somebody is at a provider is its issuer and subject, never a name or an address.
create table external_login (
    issuer text not null,
    subject text not null,
    person text not null,
    provider text not null,
    label text not null,
    linked_at timestamptz not null,
    primary key (issuer, subject)
);
create unique index external_login_person on external_login (person, provider);

alter table sign_in_session add column method text not null default 'password';
