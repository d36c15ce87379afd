//! Deadlines whose day is counted from another event, and keeping them in step with it.
//!
//! While both are there, the date of such a deadline is what its rule gives; every write in this module's reach sees to
//! that. Once its base is deleted the deadline keeps its date, and its rule rests until the base is brought back.

use std::collections::VecDeque;

use impasse_app::model::date::EventDate;
use impasse_app::model::event::{Event, EventDraft};
use impasse_app::model::id::{DisputeId, EventId};
use impasse_app::store::{Result, StoreError};
use impasse_app::t;

use super::connection::{Connection, Row, values};
use super::events;
use super::write::Write;

/// What a deadline may be counted from.
struct Base {
    title: String,
    date: EventDate,
    is_deleted: bool,
    /// What its own day is counted from.
    base: Option<EventId>,
}

async fn base(connection: &mut Connection, dispute: &DisputeId, id: &EventId) -> Result<Option<Base>> {
    let sql =
        "select title, edtf, printed, due_base, deleted_at from events where id = $1 and dispute_id = $2";
    let read = |row: Row| {
        Ok(Base {
            title: row.get("title")?,
            date: row.date()?,
            is_deleted: row.get::<Option<i64>>("deleted_at")?.is_some(),
            base: row.get::<Option<String>>("due_base")?.map(EventId::from),
        })
    };
    connection.first(sql, values![id, dispute]).await?.map(read).transpose()
}

/// Why a date that was given is not taken beside a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// By who makes the change: it must be what the rule gives, or what it was before the rule was changed.
    Now,
    /// By a revision, which may be older than what its base says by now.
    Before,
}

/// Gives a draft the date that its rule says. `before` is the event that it changes, if any.
///
/// [`StoreError::Unknown`] names `base` if there is no such event any more, [`StoreError::Refused`] says at which field
/// of the form a rule or date cannot be.
pub(super) async fn settle(
    write: &mut Write<'_>,
    before: Option<&Event>,
    draft: &mut EventDraft,
    given: Given,
) -> Result<()> {
    let Some(rule) = draft.rule().cloned() else { return Ok(()) };
    let dispute = write.dispute.clone();
    let is_old = given == Given::Before || before.and_then(Event::rule) == Some(&rule);
    let found = match base(&mut write.connection, &dispute, &rule.base).await? {
        Some(found) if !found.is_deleted => found,
        Some(_) if is_old => {
            draft.date = draft.date.take().or_else(|| before.map(|before| before.date.clone()));
            return Ok(());
        }
        _ => return Err(StoreError::Unknown("base")),
    };
    if let Some(before) = before {
        refuse_circle(write, &before.id, &rule.base, &found).await?;
    }
    let date = rule.date_from(&found.date).map_err(|why| {
        let (title, words, why) = (&found.title, found.date.words(), why.to_string());
        StoreError::refused("due_base", t!("told-due-no-day", title = title, date = words, why = why))
    })?;
    let is_taken = |typed: &EventDate| {
        typed.edtf() == date.edtf() || before.is_some_and(|before| before.date.edtf() == typed.edtf())
    };
    if given == Given::Now && draft.date.as_ref().is_some_and(|typed| !is_taken(typed)) {
        let words = t!("told-due-given", rule = rule.words(), title = found.title, date = date.words());
        return Err(StoreError::refused("date", words));
    }
    let printed = draft.date.as_ref().and_then(EventDate::printed).map(str::to_owned);
    draft.date = Some(date.with_printed(printed));
    Ok(())
}

/// Refuses a base that is itself counted from the event.
async fn refuse_circle(write: &mut Write<'_>, id: &EventId, first: &EventId, found: &Base) -> Result<()> {
    let dispute = write.dispute.clone();
    let (mut at, mut next) = (first.clone(), found.base.clone());
    loop {
        if at == *id {
            return Err(StoreError::refused(
                "due_base",
                if at == *first {
                    t!("told-due-from-itself").to_owned()
                } else {
                    t!("told-due-in-a-circle", title = found.title)
                },
            ));
        }
        let Some(further) = next else { return Ok(()) };
        match base(&mut write.connection, &dispute, &further).await? {
            Some(one) if !one.is_deleted => (at, next) = (further, one.base),
            _ => return Ok(()),
        }
    }
}

/// Works out anew what is counted from an event that was changed or brought back, and what is counted from that, each
/// with a revision of its own. [`StoreError::Refused`] if no day can be counted from its date any more.
pub(super) async fn follow(write: &mut Write<'_>, before: &Event, now: &Event) -> Result<()> {
    let mut moved = VecDeque::from([(before.date.clone(), now.clone())]);
    while let Some((old, base)) = moved.pop_front() {
        let sql = "select id from events
                   where due_base = $1 and dispute_id = $2 and deleted_at is null order by id";
        let rows = write.connection.all(sql, values![&base.id, &write.dispute]).await?;
        for row in rows {
            let id: EventId = row.id("id")?;
            let event = events::there(write, &id).await?;
            let Some(rule) = event.rule() else { continue };
            let date = rule.date_from(&base.date).map_err(|why| {
                let (title, words, why) = (&event.title, base.date.words(), why.to_string());
                StoreError::refused("date", t!("told-due-depends", title = title, date = words, why = why))
            })?;
            if date.edtf() == event.date.edtf() {
                continue;
            }
            let (rule, title, to) = (rule.words(), &base.title, base.date.words());
            let reason = if old.edtf() == base.date.edtf() {
                t!("told-history-counted-from-what-is", rule = rule, title = title, date = to)
            } else {
                t!(
                    "told-history-counted-from-what-moved",
                    rule = rule,
                    title = title,
                    from = old.words(),
                    to = to
                )
            };
            let printed = event.date.printed().map(str::to_owned);
            let draft = EventDraft { date: Some(date.with_printed(printed)), ..event.clone().into() };
            let fresh = events::put(write, &event, draft, reason).await?;
            moved.push_back((event.date, fresh));
        }
    }
    Ok(())
}
