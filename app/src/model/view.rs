//! What a link opens: range, filters, grouping, layout, selected event and as-of date, spelt in one way.
//!
//! The canonical spelling has the parameters in the order of [`View::query`], leaves out whatever is the default,
//! joins several values with commas in their own order, and writes dates as `2026-01-09`, with `T14:30` only where
//! a range was zoomed below a day.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::choice::choices;
use super::event::{Attestation, Kind};
use super::time::{self, Minute};
use crate::t;

choices! {
    /// What the lanes of the timeline are.
    Group in "group" {
        /// A lane for each party.
        Party = "party";
        /// A lane for each kind of event.
        Kind = "kind";
        /// A lane for each publisher cited.
        Source = "source";
        /// One lane.
        None = "none";
    }
}

choices! {
    /// How the events are laid out.
    Layout in "layout" {
        /// On an axis.
        Timeline = "timeline";
        /// One under the other, by period.
        List = "list";
        /// One at a time.
        Story = "story";
        /// In rows and columns.
        Table = "table";
    }
}

choices! {
    /// In what order the table is.
    Sort in "sort" {
        /// By time.
        Date = "date";
        /// By time, backwards.
        Latest = "latest";
        /// By title.
        Title = "title";
        /// By kind, then time.
        Kind = "kind";
        /// By attestation, then time.
        Attestation = "attestation";
        /// By the day it became known.
        Known = "known";
        /// By the number of citations, most first.
        Citations = "citations";
    }
}

/// A stretch of time, in minutes; `to` is the minute after the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The first minute.
    pub from: Option<Minute>,
    /// The minute after the last.
    pub to: Option<Minute>,
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The stretch of time shown; open where nothing is given.
    pub range: Range,
    /// Keys of parties, at least one of which takes part; empty for all.
    pub parties: Vec<String>,
    /// Kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// Attestations; empty for all.
    pub attestations: Vec<Attestation>,
    /// Words that title, description or quotes contain.
    pub text: String,
    /// The selected event.
    pub event: Option<String>,
    /// Show what was known on this day.
    pub as_of: Option<NaiveDate>,
    /// What the lanes are.
    pub group: Group,
    /// Lanes in the reader's own order, by key; those not named follow in the dispute's order.
    pub order: Vec<String>,
    /// How the events are laid out.
    pub layout: Layout,
    /// In what order the table is.
    pub sort: Sort,
}

impl Default for View {
    fn default() -> Self {
        Self {
            range: Range { from: None, to: None },
            parties: Vec::new(),
            kinds: Vec::new(),
            attestations: Vec::new(),
            text: String::new(),
            event: None,
            as_of: None,
            group: Group::Party,
            order: Vec::new(),
            layout: Layout::Timeline,
            sort: Sort::Date,
        }
    }
}

/// What is wrong with a parameter or a field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The name of the parameter or field.
    pub field: String,
    /// What is wrong and what would be right, as a sentence.
    pub message: String,
}

impl FieldError {
    /// An error at a field.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

impl View {
    /// Reads the parameters of an address. What cannot be read is left at its default and reported; parameters
    /// with other names are not this page's and are passed over.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<FieldError>) {
        let mut view = Self::default();
        let mut errors = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let Err(message) = view.set(name, value) {
                errors.push(FieldError::new(name, message));
            }
        }
        if let Range { from: Some(from), to: Some(to) } = view.range
            && from >= to
        {
            errors.push(FieldError::new("to", t!("view-the-end-of-the-range")));
            view.range.to = None;
        }
        sort_once(&mut view.parties);
        sort_once(&mut view.kinds);
        sort_once(&mut view.attestations);
        (view, errors)
    }

    /// Reads a query string, with its `?` or without, as [`View::read`] reads its parameters.
    #[cfg(feature = "ssr")]
    pub fn read_query(query: &str) -> (Self, Vec<FieldError>) {
        let pairs: Vec<_> =
            form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect();
        Self::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "from" => self.range.from = Some(read_minute(value, Edge::First)?),
            "to" => self.range.to = Some(read_minute(value, Edge::Last)?),
            "party" => self.parties.extend(value.split(',').map(str::trim).map(str::to_owned)),
            "kind" => self.kinds.extend(keys(value, Kind::from_key)?),
            "attest" => self.attestations.extend(keys(value, Attestation::from_key)?),
            "q" => self.text = value.chars().take(200).collect(),
            "event" => self.event = Some(value.to_owned()),
            "asof" => self.as_of = Some(read_day(value)?),
            "group" => self.group = one(value, Group::from_key)?,
            "order" => self.order = value.split(',').map(str::trim).map(str::to_owned).collect(),
            "layout" => self.layout = one(value, Layout::from_key)?,
            "sort" => self.sort = one(value, Sort::from_key)?,
            _ => {}
        }
        Ok(())
    }

    /// The parameters in their one canonical spelling.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let default = Self::default();
        if let Some(from) = self.range.from {
            pairs.push(("from", write_minute(from, Edge::First)));
        }
        if let Some(to) = self.range.to {
            pairs.push(("to", write_minute(to, Edge::Last)));
        }
        let mut put = |name, value: String| {
            if !value.is_empty() {
                pairs.push((name, value));
            }
        };
        put("party", self.parties.join(","));
        put("kind", joined(&self.kinds, Kind::key));
        put("attest", joined(&self.attestations, Attestation::key));
        put("q", self.text.clone());
        put("event", self.event.clone().unwrap_or_default());
        put("asof", self.as_of.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default());
        if self.group != default.group {
            put("group", self.group.key().to_owned());
        }
        put("order", self.order.join(","));
        if self.layout != default.layout {
            put("layout", self.layout.key().to_owned());
        }
        if self.sort != default.sort {
            put("sort", self.sort.key().to_owned());
        }
        pairs
    }

    /// The query string in its canonical spelling, with its `?`, or nothing for the default view.
    pub fn query_string(&self) -> String {
        let pairs = self.query();
        if pairs.is_empty() {
            return String::new();
        }
        let parts: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("?{}", parts.join("&"))
    }

    /// Whether anything but layout, grouping, order and selection narrows what is shown.
    pub fn is_filtered(&self) -> bool {
        self.is_narrowed() || self.has_range()
    }

    /// Whether it shows a stretch of time and not all of it.
    pub fn has_range(&self) -> bool {
        self.range.from.is_some() || self.range.to.is_some()
    }

    /// Whether parties, kinds, attestation, text or as-of narrow what is shown, whatever the range.
    pub fn is_narrowed(&self) -> bool {
        !self.parties.is_empty()
            || !self.kinds.is_empty()
            || !self.attestations.is_empty()
            || !self.text.is_empty()
            || self.as_of.is_some()
    }

    /// Of this view, only what decides on the events whatever the range.
    #[must_use]
    pub fn narrowing(&self) -> Self {
        Self {
            parties: self.parties.clone(),
            kinds: self.kinds.clone(),
            attestations: self.attestations.clone(),
            text: self.text.clone(),
            as_of: self.as_of,
            ..Self::default()
        }
    }

    /// The same view with a change.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut view = self.clone();
        change(&mut view);
        view
    }
}

#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

fn read_day(value: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(value, "%Y-%m-%d").map_err(|_| t!("view-write-the-day-as-2026").to_owned())
}

fn read_minute(value: &str, edge: Edge) -> Result<Minute, String> {
    if value.contains('T') {
        let moment = NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M")
            .map_err(|_| t!("view-write-the-moment-as-2026").to_owned())?;
        return Ok(moment.and_utc().timestamp().div_euclid(60));
    }
    let day = read_day(value)?;
    if !(-9999..=9999).contains(&chrono::Datelike::year(&day)) {
        return Err(t!("view-years-from-9999-to-9999").to_owned());
    }
    Ok(match edge {
        Edge::First => time::day_start(day),
        Edge::Last => time::day_end(day),
    })
}

fn write_minute(minute: Minute, edge: Edge) -> String {
    if minute.rem_euclid(time::DAY) == 0 {
        let day = match edge {
            Edge::First => time::day_of(minute),
            Edge::Last => time::day_of(minute - 1),
        };
        return day.format("%Y-%m-%d").to_string();
    }
    let (hours, minutes) = (minute.rem_euclid(time::DAY) / 60, minute.rem_euclid(60));
    format!("{}T{hours:02}:{minutes:02}", time::day_of(minute).format("%Y-%m-%d"))
}

fn one<T>(value: &str, from_key: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    from_key(value).ok_or_else(|| t!("view-is-not-one-of-the", value = value))
}

fn keys<T>(value: &str, from_key: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    value.split(',').map(|key| one(key.trim(), &from_key)).collect()
}

fn joined<T: Copy>(values: &[T], key: impl Fn(T) -> &'static str) -> String {
    values.iter().map(|value| key(*value)).collect::<Vec<_>>().join(",")
}

fn sort_once<T: Ord>(values: &mut Vec<T>) {
    values.sort();
    values.dedup();
}

/// Percent-encodes a value of a query string; commas and colons stay readable.
pub fn encode(value: &str) -> String {
    use std::fmt::Write;
    value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b':' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        let (view, errors) = View::read([
            ("layout", "timeline"),
            ("kind", "statement"),
            ("kind", "memo,statement"),
            ("to", "2026-01-31"),
            ("from", "2026-01-09T14:30"),
            ("q", " red lines & more "),
            ("unknown", "x"),
            ("party", ""),
        ]);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(
            view.query_string(),
            "?from=2026-01-09T14:30&to=2026-01-31&kind=memo,statement&q=red+lines+%26+more"
        );
        assert_eq!(View::default().query_string(), "");
    }

    #[test]
    fn says_what_is_wrong() {
        let (view, errors) = View::read([("from", "soon"), ("kind", "memo,gossip"), ("layout", "cube")]);
        assert_eq!(view, View::default());
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["from", "kind", "layout"]);
        let (view, errors) = View::read([("from", "2026-02-01"), ("to", "2026-01-01")]);
        assert_eq!(errors.len(), 1);
        assert_eq!(view.range.to, None);
    }
}
