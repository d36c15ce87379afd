-- What accounts are signed in to without a password. An account without one has an empty users.password_hash.
create table passkeys (
    id text collate "C" not null,
    user_id text collate "C" not null,
    name text not null,
    -- The host of the site that it was made for.
    host text collate "C" not null,
    -- SHA-256 of the identifier by which authenticators know it, in hexadecimal.
    hash text collate "C" not null,
    -- Identifier, public key, counter and whether it is backed up, as JSON.
    credential text not null,
    created_at bigint not null,
    last_used_at bigint,
    constraint passkeys_pk primary key (id),
    constraint passkeys_user_fk foreign key (user_id) references users (id)
);
create unique index passkeys_hash_unique on passkeys (hash);
create index passkeys_by_user on passkeys (user_id, created_at);

-- Passkeys that are being made or used, and browsers that are with a provider: what was asked, until the browser answers or some minutes are over.
create table ceremonies (
    -- SHA-256 of the token in the browser's cookie, in hexadecimal.
    hash text collate "C" not null,
    -- What it is for: add-passkey, passkey or provider.
    kind text collate "C" not null,
    -- The account that adds something to itself.
    user_id text collate "C",
    name text not null,
    state text not null,
    expires_at bigint not null,
    constraint ceremonies_pk primary key (hash),
    constraint ceremonies_user_fk foreign key (user_id) references users (id)
);
create index ceremonies_by_end on ceremonies (expires_at);
