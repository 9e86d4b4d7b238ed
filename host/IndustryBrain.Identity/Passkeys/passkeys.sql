-- What was shown to an authenticator serves once.
create table passkey_use (
    id uuid primary key,
    at timestamptz not null
);
