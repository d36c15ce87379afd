-- Accounts with a provider of OpenID Connect that accounts here are signed in to with.
create table identities (
    id text collate "C" not null,
    user_id text collate "C" not null,
    issuer text not null,
    subject text not null,
    -- SHA-256 of both, in hexadecimal.
    hash text collate "C" not null,
    -- What it was called there, for people to tell it by.
    label text not null,
    created_at bigint not null,
    last_used_at bigint,
    constraint identities_pk primary key (id),
    constraint identities_user_fk foreign key (user_id) references users (id)
);
create unique index identities_hash_unique on identities (hash);
create index identities_by_user on identities (user_id, created_at);
