//! What is exported.

use chrono::{DateTime, Utc};
use impasse_app::model::date::EventDate;
use impasse_app::model::event::Event;
use impasse_app::model::id::EventId;
use impasse_app::model::record::Record;
use impasse_app::model::view::encode;

use crate::changes::Change;
use impasse_app::t;

/// A record on its way out.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// All that is written; its events are those that the view lets through.
    pub record: &'a Record,
    /// Scheme, host and port of the site, without a slash at the end: `https://example.org`.
    pub origin: &'a str,
    /// The absolute address of the view.
    pub address: &'a str,
    /// The absolute address of the very file that is written, for those who subscribe to it.
    pub file_address: &'a str,
    /// When it is written.
    pub made: DateTime<Utc>,
    /// What changed, latest first, for the formats that tell of changes.
    pub changes: &'a [Change],
}

impl Export<'_> {
    /// The absolute address of an event's page.
    pub fn event_address(&self, id: &EventId) -> String {
        format!("{}/d/{}/events/{}", self.origin, encode(&self.record.dispute.slug), encode(id.as_str()))
    }

    /// The absolute address of the dispute's page.
    pub fn dispute_address(&self) -> String {
        format!("{}/d/{}", self.origin, encode(&self.record.dispute.slug))
    }

    /// The host's name, for identifiers that are made of it.
    pub(crate) fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or(self.origin, |(_, rest)| rest);
        let host = host.split(['/', ':']).next().unwrap_or_default();
        let is_name =
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
        if is_name { host } else { "impasse.invalid" }
    }

    /// What is said of an event as a deadline: "Deadline: pending; 180 days after “Memo issued”".
    pub(crate) fn due_words(&self, event: &Event) -> Option<String> {
        let due = event.due.as_ref()?;
        let state = due.state.label().to_lowercase();
        let Some(rule) = &due.rule else { return Some(t!("export-deadline", state = state)) };
        let words = rule.words();
        Some(match self.record.event(&rule.base) {
            Some(base) => t!("export-deadline-counted", state = state, rule = words, title = base.title),
            None => t!("export-deadline-counted-elsewhere", state = state, rule = words),
        })
    }

    /// What is said of an event as a step of another.
    pub(crate) fn step_words(&self, event: &Event) -> Option<String> {
        let first = self.record.event(event.step_of.as_ref()?);
        Some(match first {
            Some(first) => t!("export-step", title = first.title, date = first.date.words()),
            None => t!("export-step-elsewhere").to_owned(),
        })
    }

    /// How many of the events are steps of others.
    pub(crate) fn steps(&self) -> usize {
        self.record.events.iter().filter(|event| event.step_of.is_some()).count()
    }

    /// How many of the events are deadlines.
    pub(crate) fn deadlines(&self) -> usize {
        self.record.events.iter().filter(|event| event.due.is_some()).count()
    }

    /// The names of an event's parties, in the event's own order.
    pub(crate) fn party_names(&self, event: &Event) -> Vec<&str> {
        event
            .parties
            .iter()
            .filter_map(|part| self.record.party(&part.party))
            .map(|party| party.name.as_str())
            .collect()
    }
}

/// The words of a date, with the wording of the source where it says something else.
pub(crate) fn date_words(date: &EventDate) -> String {
    match date.printed() {
        Some(printed) => format!("{} (“{printed}”)", date.words()),
        None => date.words(),
    }
}
