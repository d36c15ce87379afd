-- Links to a view as it was when the link was made. No part of what a dispute says, so without revisions.
create table links (
    code text not null,
    dispute_id text not null,
    -- The view in its canonical spelling.
    query text not null,
    -- What it shows: the dispute once this revision was made.
    revision bigint not null,
    created_at bigint not null,
    -- The account, where somebody with one made it.
    user_id text,
    actor text,
    -- The last day on which it opens.
    expires bigint,
    revoked_at bigint,
    constraint links_pk primary key (code),
    constraint links_dispute_fk foreign key (dispute_id) references disputes (id)
);
create index links_by_dispute on links (dispute_id, revision);
