-- Numbers for the index of words that grow with the time of what they stand for, so that the latest is found first and
-- the rest need not be looked at: 16,777,216 for each minute. The year 262,142 is the last that dates have; it fits.
drop trigger events_found_insert;
drop trigger events_found_update;
drop trigger articles_found_insert;
drop trigger articles_found_update;
drop table found;
drop table found_rows;

create table found_rows (
    row integer not null,
    id text not null,
    constraint found_rows_pk primary key (row)
);
create unique index found_rows_id_unique on found_rows (id);
create virtual table found using fts5(words, content='', contentless_delete=1, detail=none, prefix='2 3');

insert into found_rows (row, id)
    select minute * 16777216 + row_number() over (partition by minute order by id) - 1, id from (
        select sorts_at as minute, id from events
        union all select coalesce(published, 0) * 1440, id from articles
    ) order by 1;
insert into found (rowid, words)
    select found_rows.row, coalesce(events.words, articles.words, '') from found_rows
    left join events on events.id = found_rows.id
    left join articles on articles.id = found_rows.id
    order by found_rows.row;

create trigger events_found_insert after insert on events begin
    insert into found_rows (row, id)
        select coalesce(max(row), new.sorts_at * 16777216 - 1) + 1, new.id from found_rows
        where row >= new.sorts_at * 16777216 and row < (new.sorts_at + 1) * 16777216;
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;
create trigger events_found_update after update of words, sorts_at on events
when new.words is not old.words or new.sorts_at <> old.sorts_at begin
    delete from found where rowid = (select row from found_rows where id = new.id);
    update found_rows set row = (
        select coalesce(max(others.row), new.sorts_at * 16777216 - 1) + 1 from found_rows as others
        where others.row >= new.sorts_at * 16777216 and others.row < (new.sorts_at + 1) * 16777216
    ) where id = new.id and new.sorts_at <> old.sorts_at;
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;
create trigger articles_found_insert after insert on articles begin
    insert into found_rows (row, id)
        select coalesce(max(row), coalesce(new.published, 0) * 24159191040 - 1) + 1, new.id from found_rows
        where row >= coalesce(new.published, 0) * 24159191040
        and row < coalesce(new.published, 0) * 24159191040 + 16777216;
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;
create trigger articles_found_update after update of words, published on articles
when new.words is not old.words or new.published is not old.published begin
    delete from found where rowid = (select row from found_rows where id = new.id);
    update found_rows set row = (
        select coalesce(max(others.row), coalesce(new.published, 0) * 24159191040 - 1) + 1 from found_rows as others
        where others.row >= coalesce(new.published, 0) * 24159191040
        and others.row < coalesce(new.published, 0) * 24159191040 + 16777216
    ) where id = new.id and new.published is not old.published;
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;

-- All that a timeline needs to know of events that it does not draw, in order: read without their rows, which are
-- twenty times as long.
drop index events_by_time;
create index events_by_time on events (
    dispute_id, sorts_at, sorts_last, sequence, id, starts, ends, shape, kind, importance, attestation, known_from,
    parties, publishers, deleted_at
) where deleted_at is null;
