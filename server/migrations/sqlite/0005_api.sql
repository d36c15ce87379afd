-- Personal tokens of the API. The tokens themselves are not kept.
create table tokens (
    id text not null,
    user_id text not null,
    name text not null,
    scope text not null,
    -- SHA-256 of the token, in hexadecimal.
    hash text not null,
    created_at bigint not null,
    expires_at bigint,
    last_used_at bigint,
    constraint tokens_pk primary key (id),
    constraint tokens_user_fk foreign key (user_id) references users (id)
);
create unique index tokens_hash_unique on tokens (hash);
create index tokens_by_user on tokens (user_id, created_at);

-- Addresses that are told of the changes to a dispute. What they are told stands in the revisions, so that only how
-- far they were told has to be kept.
create table webhooks (
    id text not null,
    dispute_id text not null,
    url text not null,
    -- What they are told of, as a JSON list; everything if it is empty.
    topics text not null,
    -- The key that messages are signed with.
    secret text not null,
    is_paused boolean not null,
    -- Why it is paused, if nobody paused it.
    note text not null,
    -- The last revision that was delivered, or need not be.
    told bigint not null,
    created_at bigint not null,
    constraint webhooks_pk primary key (id),
    constraint webhooks_dispute_fk foreign key (dispute_id) references disputes (id)
);
create index webhooks_by_dispute on webhooks (dispute_id, created_at);

-- The latest attempts to deliver something.
create table deliveries (
    id text not null,
    webhook_id text not null,
    -- What the message is known by, the same at each attempt.
    message text not null,
    topic text not null,
    -- The HTTP status of the answer, if there was one.
    status bigint,
    is_accepted boolean not null,
    note text not null,
    at bigint not null,
    constraint deliveries_pk primary key (id),
    constraint deliveries_webhook_fk foreign key (webhook_id) references webhooks (id)
);
create index deliveries_by_webhook on deliveries (webhook_id, at);
