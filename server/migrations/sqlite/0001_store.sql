create table disputes (
    id text not null,
    slug text not null,
    title text not null,
    summary text not null,
    question text not null,
    status text not null,
    inclusion_rule text not null,
    version bigint not null,
    -- The number of the last revision of anything in the dispute.
    revision bigint not null,
    created_at bigint not null,
    deleted_at bigint,
    constraint disputes_pk primary key (id)
);
create unique index disputes_slug_unique on disputes (slug) where deleted_at is null;

create table parties (
    id text not null,
    dispute_id text not null,
    key text not null,
    name text not null,
    aliases text not null,
    kind text not null,
    place bigint not null,
    deleted_at bigint,
    constraint parties_pk primary key (id),
    constraint parties_dispute_fk foreign key (dispute_id) references disputes (id)
);
create unique index parties_key_unique on parties (dispute_id, key) where deleted_at is null;
create index parties_by_dispute on parties (dispute_id, place);

create table articles (
    id text not null,
    dispute_id text not null,
    url text,
    publisher text not null,
    title text not null,
    byline text not null,
    published bigint,
    retrieved_at bigint not null,
    hash text not null,
    content text not null,
    deleted_at bigint,
    constraint articles_pk primary key (id),
    constraint articles_dispute_fk foreign key (dispute_id) references disputes (id)
);
create unique index articles_hash_unique on articles (dispute_id, hash) where deleted_at is null;

create table events (
    id text not null,
    dispute_id text not null,
    edtf text not null,
    printed text,
    -- Derived from the date.
    starts bigint,
    ends bigint,
    sorts_at bigint not null,
    -- The latest day; the highest number where the end is open.
    sorts_last bigint not null,
    precision text not null,
    qualifier text not null,
    shape text not null,
    title text not null,
    description text not null,
    kind text not null,
    phase text not null,
    importance text not null,
    sequence bigint not null,
    -- What event_parties says, so that a timeline is read in one query.
    parties text not null,
    -- Derived from the citations and the articles they cite.
    publishers text not null,
    citation_count bigint not null,
    attestation text not null,
    known_from bigint,
    -- Title, description and quotes without regard to case.
    search text not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    constraint events_pk primary key (id),
    constraint events_dispute_fk foreign key (dispute_id) references disputes (id)
);
create index events_by_time on events (dispute_id, sorts_at, sorts_last, sequence, id)
    where deleted_at is null;
create index events_by_attestation on events (dispute_id, attestation, kind) where deleted_at is null;

create table event_parties (
    event_id text not null,
    party_id text not null,
    role text not null,
    constraint event_parties_pk primary key (event_id, party_id, role),
    constraint event_parties_event_fk foreign key (event_id) references events (id),
    constraint event_parties_party_fk foreign key (party_id) references parties (id)
);
create index event_parties_by_party on event_parties (party_id, event_id);

create table citations (
    id text not null,
    event_id text not null,
    article_id text not null,
    place bigint not null,
    passage text not null,
    attribution text not null,
    -- The date that the article gives, as JSON.
    date text,
    constraint citations_pk primary key (id),
    constraint citations_event_fk foreign key (event_id) references events (id),
    constraint citations_article_fk foreign key (article_id) references articles (id)
);
create index citations_by_event on citations (event_id, place);
create index citations_by_article on citations (article_id, event_id);

create table positions (
    id text not null,
    dispute_id text not null,
    party_id text not null,
    statement text not null,
    edtf text not null,
    printed text,
    sorts_at bigint not null,
    sorts_last bigint not null,
    article_id text,
    passage text,
    deleted_at bigint,
    constraint positions_pk primary key (id),
    constraint positions_dispute_fk foreign key (dispute_id) references disputes (id),
    constraint positions_party_fk foreign key (party_id) references parties (id),
    constraint positions_article_fk foreign key (article_id) references articles (id),
    constraint positions_source_whole check ((article_id is null) = (passage is null))
);
create index positions_by_dispute on positions (dispute_id);
create index positions_by_party on positions (party_id);
create index positions_by_article on positions (article_id);

create table candidates (
    id text not null,
    dispute_id text not null,
    article_id text not null,
    -- Its order among those of the article.
    place bigint not null,
    draft text not null,
    decision text not null,
    event_id text,
    decided_by text,
    decided_at bigint,
    deleted_at bigint,
    constraint candidates_pk primary key (id),
    constraint candidates_dispute_fk foreign key (dispute_id) references disputes (id),
    constraint candidates_article_fk foreign key (article_id) references articles (id),
    constraint candidates_event_fk foreign key (event_id) references events (id)
);
create index candidates_by_dispute on candidates (dispute_id, decision);
create index candidates_by_article on candidates (article_id, place);

create table revisions (
    number bigint not null,
    dispute_id text not null,
    subject text not null,
    subject_id text not null,
    action text not null,
    -- The account, where a person did it; accounts are not part of what is recorded, so nothing refers to them.
    user_id text,
    actor text not null,
    at bigint not null,
    reason text not null,
    state text not null,
    constraint revisions_pk primary key (number),
    constraint revisions_dispute_fk foreign key (dispute_id) references disputes (id)
);
create index revisions_by_dispute on revisions (dispute_id, number);
create index revisions_by_subject on revisions (dispute_id, subject, subject_id, number);

-- One row. Numbers are taken from here and not from a sequence, because a sequence numbers by who asks first and
-- not by who commits first: whoever reads "what came after number 7" would miss a late 6.
create table revision_counter (
    id bigint not null,
    last bigint not null,
    constraint revision_counter_pk primary key (id),
    constraint revision_counter_one_row check (id = 1)
);
insert into revision_counter (id, last) values (1, 0);

create table users (
    id text not null,
    name text not null,
    -- The name without regard to case.
    name_key text not null,
    password_hash text not null,
    is_owner boolean not null,
    created_at bigint not null,
    constraint users_pk primary key (id)
);
create unique index users_name_unique on users (name_key);

create table sessions (
    token_hash text not null,
    user_id text not null,
    expires_at bigint not null,
    constraint sessions_pk primary key (token_hash),
    constraint sessions_user_fk foreign key (user_id) references users (id)
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);
