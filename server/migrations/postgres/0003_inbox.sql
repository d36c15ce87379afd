-- What the extraction thought of a candidate, so that an inbox of thousands is sorted by the database.
alter table candidates add column score bigint not null default 0;
update candidates set score = coalesce((draft::json ->> 'score')::bigint, 0);

drop index candidates_by_dispute;
create index candidates_by_strength on candidates (dispute_id, decision, score desc, id) where deleted_at is null;
create index candidates_by_time on candidates (dispute_id, decided_at) where deleted_at is null;
