-- Packages of plugins by the digest of their content, for all nodes; which of them are used stands in the records of the plugins.
create table plugin_package (
    sha256 text primary key,
    size bigint not null
);
create table plugin_package_chunk (
    sha256 text not null references plugin_package (sha256) on delete cascade,
    number integer not null,
    content bytea not null,
    primary key (sha256, number)
);
alter table plugin_package_chunk alter column content set storage external;
