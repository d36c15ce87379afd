-- That an event is a deadline, as JSON, and the event that its day is counted from.
alter table events add column due text;
alter table events add column due_base text;
create index events_by_due_base on events (due_base) where due_base is not null;

-- The event whose step it is.
alter table events add column step_of text;
create index events_by_step on events (dispute_id, step_of) where step_of is not null;
