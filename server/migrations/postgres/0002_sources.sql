-- Where an article came from and how its day of publication was found.
alter table articles add column canonical text collate "C";
alter table articles add column modified bigint;
alter table articles add column stage text not null default 'kept';
alter table articles add column way text not null default 'paste';
alter table articles add column dating text not null default '{}';
-- What likenesses of texts are told by; and the first of the articles whose texts are nearly the same as this one's.
alter table articles add column fingerprint text;
alter table articles add column origin text collate "C";
-- With those that are deleted: they are how the same thing is known when it comes again.
create index articles_by_canonical on articles (dispute_id, canonical);
create index articles_by_hash on articles (dispute_id, hash);
create index articles_by_origin on articles (dispute_id, origin);

create table feeds (
    id text collate "C" not null,
    dispute_id text collate "C" not null,
    url text collate "C" not null,
    title text not null,
    site text,
    rules text not null,
    is_paused boolean not null,
    etag text,
    last_modified text,
    last_poll_at bigint,
    last_success_at bigint,
    last_error text,
    failures bigint not null,
    next_poll_at bigint not null,
    created_at bigint not null,
    deleted_at bigint,
    constraint feeds_pk primary key (id),
    constraint feeds_dispute_fk foreign key (dispute_id) references disputes (id)
);
create unique index feeds_url_unique on feeds (dispute_id, md5(url)) where deleted_at is null;
create index feeds_by_time on feeds (next_poll_at) where deleted_at is null;

create table feed_entries (
    feed_id text collate "C" not null,
    -- SHA-256 of what tells it from the feed's other entries.
    key text collate "C" not null,
    url text not null,
    title text not null,
    published bigint,
    content text not null,
    fate text not null,
    note text not null,
    article_id text collate "C",
    seen_at bigint not null,
    constraint feed_entries_pk primary key (feed_id, key),
    constraint feed_entries_feed_fk foreign key (feed_id) references feeds (id),
    constraint feed_entries_article_fk foreign key (article_id) references articles (id)
);
create index feed_entries_by_time on feed_entries (feed_id, seen_at);

create table jobs (
    id text collate "C" not null,
    dispute_id text collate "C" not null,
    kind text not null,
    subject text collate "C" not null,
    title text not null,
    state text not null,
    attempts bigint not null,
    note text not null,
    due_at bigint not null,
    -- Who is at it, and until when it is theirs unless they say that they are still at it.
    leased_by text collate "C",
    leased_until bigint,
    created_at bigint not null,
    updated_at bigint not null,
    constraint jobs_pk primary key (id),
    constraint jobs_dispute_fk foreign key (dispute_id) references disputes (id)
);
-- The same thing is waiting to be done once.
create unique index jobs_subject_unique on jobs (kind, subject) where state in ('waiting', 'running');
create index jobs_by_time on jobs (due_at) where state in ('waiting', 'running');
create index jobs_by_dispute on jobs (dispute_id, updated_at);

-- What looking for a quote on its page gave: a row for each time that the finding changed.
create table quote_checks (
    citation_id text collate "C" not null,
    dispute_id text collate "C" not null,
    article_id text collate "C" not null,
    exact text not null,
    health text not null,
    -- What stands in the quote's place, where it was edited.
    found text not null,
    note text not null,
    since_at bigint not null,
    checked_at bigint not null,
    constraint quote_checks_pk primary key (citation_id, since_at),
    constraint quote_checks_article_fk foreign key (article_id) references articles (id)
);
create index quote_checks_by_article on quote_checks (article_id, checked_at);
