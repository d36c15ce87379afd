-- What many have in common is looked for from the latest on, until there is enough.
create index events_by_moment on events (sorts_at, id) where deleted_at is null;
create index articles_by_moment on articles ((coalesce(published, 0)), id) where deleted_at is null;
