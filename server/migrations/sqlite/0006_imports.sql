-- Files that somebody is about to import, between the look at what would happen and the word to go on.
create table imports (
    id text not null,
    dispute_id text not null,
    -- The account; only it goes on.
    user_id text not null,
    name text not null,
    format text not null,
    -- How it is to be read, as JSON.
    options text not null,
    -- The file in base64.
    content text not null,
    created_at bigint not null,
    constraint imports_pk primary key (id),
    constraint imports_dispute_fk foreign key (dispute_id) references disputes (id)
);
create index imports_by_time on imports (created_at);

-- Which rows of files became which events, so that the same row does not become another one.
create table import_keys (
    dispute_id text not null,
    key text not null,
    event_id text not null,
    constraint import_keys_pk primary key (dispute_id, key),
    constraint import_keys_dispute_fk foreign key (dispute_id) references disputes (id),
    constraint import_keys_event_fk foreign key (event_id) references events (id)
);
