-- The words of events and articles, each once and folded, with the identifier of their dispute among them. They are
-- made by the server; null until it has.
alter table events add column words text collate "C";
alter table articles add column words text collate "C";

-- Which words stand in what.
create index events_by_word on events using gin (to_tsvector('simple', coalesce(words, '')));
create index articles_by_word on articles using gin (to_tsvector('simple', coalesce(words, '')));

-- What has no words yet is found at once.
create index events_without_words on events (id) where words is null;
create index articles_without_words on articles (id) where words is null;
