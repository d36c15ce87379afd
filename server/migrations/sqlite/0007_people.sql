-- Who may read a dispute. What was there before was public.
alter table disputes add column visibility text not null default 'public';
-- Whether everybody who may read it may suggest events.
alter table disputes add column takes_suggestions boolean not null default false;

-- Who may do what in a dispute.
create table members (
    dispute_id text not null,
    user_id text not null,
    role text not null,
    created_at bigint not null,
    constraint members_pk primary key (dispute_id, user_id),
    constraint members_dispute_fk foreign key (dispute_id) references disputes (id),
    constraint members_user_fk foreign key (user_id) references users (id)
);
create index members_by_user on members (user_id, dispute_id);

-- Until now every account could change every dispute. They stay editors of those that are there.
insert into members (dispute_id, user_id, role, created_at)
select disputes.id, users.id, 'editor', users.created_at from disputes cross join users where not users.is_owner;

-- Addresses that give a role to the first who takes them. What stands in the address is not kept.
create table invitations (
    id text not null,
    dispute_id text not null,
    role text not null,
    note text not null,
    -- SHA-256 of what stands in the address, in hexadecimal.
    hash text not null,
    actor text not null,
    created_at bigint not null,
    expires_at bigint not null,
    taken_by text,
    taken_at bigint,
    constraint invitations_pk primary key (id),
    constraint invitations_dispute_fk foreign key (dispute_id) references disputes (id),
    constraint invitations_taken_fk foreign key (taken_by) references users (id)
);
create unique index invitations_hash_unique on invitations (hash);
create index invitations_by_dispute on invitations (dispute_id, created_at);

-- Events that readers suggest, until somebody decides about them.
create table suggestions (
    id text not null,
    dispute_id text not null,
    -- The event as suggested, as JSON.
    draft text not null,
    -- Where it comes from, in the words of who suggests it.
    note text not null,
    -- What they call themselves, and their account if they have one.
    name text not null,
    user_id text,
    created_at bigint not null,
    decision text not null,
    event_id text,
    decided_by text,
    decided_at bigint,
    constraint suggestions_pk primary key (id),
    constraint suggestions_dispute_fk foreign key (dispute_id) references disputes (id)
);
create index suggestions_by_dispute on suggestions (dispute_id, decision, created_at);

-- Where somebody is signed in: since when, and what their browser calls itself.
alter table sessions add column created_at bigint not null default 0;
alter table sessions add column agent text not null default '';
