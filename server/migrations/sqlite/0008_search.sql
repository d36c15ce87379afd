-- The words of events and articles, each once and folded, with the identifier of their dispute among them. They are
-- made by the server; null until it has.
alter table events add column words text;
alter table articles add column words text;

-- Numbers for the index: those of SQLite itself may change when a file is compacted.
create table found_rows (
    row integer not null,
    id text not null,
    constraint found_rows_pk primary key (row)
);
create unique index found_rows_id_unique on found_rows (id);
insert into found_rows (id) select id from events union all select id from articles;

-- Which words stand in what, and nothing more: what they are shown from is in the tables.
create virtual table found using fts5(words, content='', contentless_delete=1, detail=none, prefix='2 3');

create trigger events_found_insert after insert on events begin
    insert into found_rows (id) values (new.id);
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;
create trigger events_found_update after update of words on events begin
    delete from found where rowid = (select row from found_rows where id = new.id);
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;
create trigger articles_found_insert after insert on articles begin
    insert into found_rows (id) values (new.id);
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;
create trigger articles_found_update after update of words on articles begin
    delete from found where rowid = (select row from found_rows where id = new.id);
    insert into found (rowid, words) select row, coalesce(new.words, '') from found_rows where id = new.id;
end;

-- What has no words yet is found at once.
create index events_without_words on events (id) where words is null;
create index articles_without_words on articles (id) where words is null;
