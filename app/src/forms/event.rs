//! The form of an event.

use chrono::NaiveDate;

use super::due::{RuleField, due_values, read_due};
use super::{choice, optional, required};
use crate::model::date::EventDate;
use crate::model::date_input::{DateQuestion, read_date};
use crate::model::difference::Names;
use crate::model::dispute::Party;
use crate::model::event::{
    Attribution, AttributionKind, CitationDraft, EventDraft, EventParty, Importance, Kind, Phase, Role,
};
use crate::model::id::ArticleId;
use crate::model::view::FieldError;
use crate::page::Submission;
use crate::t;

/// A citation as typed: the words are still to be found in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationField {
    /// The article chosen.
    pub article: ArticleId,
    /// The words typed.
    pub quote: String,
    /// Who says so.
    pub attribution: Attribution,
    /// The date that the article gives.
    pub date: Option<EventDate>,
}

/// What the form of an event comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFields {
    /// The event, with those of its old citations that are kept.
    pub draft: EventDraft,
    /// What its day is counted from, which is not in the draft yet.
    pub rule: Option<RuleField>,
    /// What was typed for the event whose step it is, which is still to be found; empty for none.
    pub step_of: String,
    /// The citation to add.
    pub citation: Option<CitationField>,
    /// Why, for the record.
    pub reason: String,
    /// The version that the form was opened on; none for a new event.
    pub version: Option<i64>,
}

/// Reads the form of an event. `old` are the citations that the event has, or that a candidate brings.
///
/// # Errors
/// The form again, with what is wrong at each field and the readings of an unclear date.
pub fn read_event(
    mut form: Submission,
    parties: &[Party],
    old: &[CitationDraft],
    today: NaiveDate,
) -> Result<EventFields, Box<Submission>> {
    let mut errors = Vec::new();
    let mut readings = Vec::new();

    let (due, rule) = read_due(&form, &mut errors);
    let chosen = form.get("date_reading");
    let typed = if chosen.is_empty() { form.get("date") } else { chosen };
    let printed = optional(&form, "printed", t!("form-what-wording"), 200, &mut errors);
    let date = match read_date(typed, today) {
        Ok(date) => Some(date.with_printed(Some(printed))),
        // The rule says the day.
        Err(_) if typed.is_empty() && rule.is_some() => None,
        Err(DateQuestion { message, readings: proposed }) => {
            errors.push(FieldError::new("date", message));
            readings = proposed;
            None
        }
    };
    let title = required(&form, "title", t!("form-what-title"), 200, &mut errors);
    let description = optional(&form, "description", t!("form-what-description"), 5_000, &mut errors);
    let reason = optional(&form, "reason", t!("form-what-reason"), 500, &mut errors);
    let step_of = optional(&form, "step_of", t!("form-what-the-name"), 500, &mut errors);
    let kind = choice(&form, "kind", Kind::from_key, &mut errors);
    let phase = choice(&form, "phase", Phase::from_key, &mut errors);
    let importance = choice(&form, "importance", Importance::from_key, &mut errors);
    let sequence = match form.get("sequence") {
        "" => 0,
        typed => typed.parse().ok().filter(|n| (-10_000..=10_000).contains(n)).unwrap_or_else(|| {
            errors.push(FieldError::new("sequence", t!("form-event-give-a-whole-number-from")));
            0
        }),
    };
    let version = match form.get("version") {
        "" => None,
        typed => typed.parse().ok().or_else(|| {
            errors.push(FieldError::new("version", t!("form-event-this-form-is-damaged-open")));
            None
        }),
    };

    let mut involved = Vec::new();
    for party in parties {
        let field = format!("party-{}", party.key);
        match form.get(&field) {
            "" => {}
            key => match Role::from_key(key) {
                Some(role) => involved.push(EventParty { party: party.id.clone(), role }),
                None => errors.push(FieldError::new(&field, t!("form-event-choose-one-of-the-entries"))),
            },
        }
    }

    let kept = old
        .iter()
        .enumerate()
        .filter(|(at, citation)| form.get(&drop_field(*at, citation)).is_empty())
        .map(|(_, citation)| citation.clone())
        .collect();
    let citation = read_citation(&form, today, &mut errors);

    if let (Some(kind), Some(phase), Some(importance), true) = (kind, phase, importance, errors.is_empty()) {
        return Ok(EventFields {
            draft: EventDraft {
                date,
                title,
                description,
                kind,
                phase,
                importance,
                sequence,
                due,
                step_of: None,
                parties: involved,
                citations: kept,
            },
            rule,
            step_of,
            citation,
            reason,
            version,
        });
    }
    form.errors = errors;
    form.readings = readings;
    Err(Box::new(form))
}

/// The field that takes a citation off. It is named after the citation, since its place among them may be another one by
/// the time that the form is sent; what has no name yet goes by its place.
pub fn drop_field(at: usize, citation: &CitationDraft) -> String {
    match &citation.id {
        Some(id) => format!("drop-{id}"),
        None => format!("drop-{at}"),
    }
}

fn read_citation(form: &Submission, today: NaiveDate, errors: &mut Vec<FieldError>) -> Option<CitationField> {
    let quote = optional(form, "quote", t!("form-what-quote"), 2_000, errors);
    let article = form.get("article");
    let wording = optional(form, "wording", t!("form-what-wording"), 300, errors);
    match (article.is_empty(), quote.is_empty()) {
        (true, true) => {
            if !wording.is_empty() {
                errors.push(FieldError::new("article", t!("form-event-choose-the-article-that-says")));
            }
            return None;
        }
        (true, false) => {
            errors.push(FieldError::new("article", t!("form-event-choose-the-article-that-the")));
            return None;
        }
        (false, true) => {
            errors.push(FieldError::new("quote", t!("form-event-give-the-words-in-the")));
            return None;
        }
        (false, false) => {}
    }
    let kind = choice(form, "attribution", AttributionKind::from_key, errors)?;
    let count = match form.get("count") {
        "" => None,
        typed => match typed.parse::<i64>() {
            Ok(count) if (1..=1_000).contains(&count) => Some(count),
            _ => {
                errors.push(FieldError::new("count", t!("form-event-give-a-whole-number-from-1")));
                None
            }
        },
    };
    let date = match form.get("citation_date") {
        "" => None,
        typed => match read_date(typed, today) {
            Ok(date) => Some(date),
            Err(question) => {
                errors.push(FieldError::new("citation_date", question.message));
                None
            }
        },
    };
    Some(CitationField {
        article: ArticleId::from(article),
        quote,
        attribution: Attribution { kind, wording, count },
        date,
    })
}

/// An event as the values of its form, to open the form on it or to compare two states of it.
///
/// `names` has what the events are called that it names.
pub fn event_values(draft: &EventDraft, parties: &[Party], names: &Names) -> Vec<(String, String)> {
    let mut values = vec![
        ("date".to_owned(), draft.date.as_ref().map(|date| date.edtf().to_owned()).unwrap_or_default()),
        (
            "printed".to_owned(),
            draft.date.as_ref().and_then(EventDate::printed).map(str::to_owned).unwrap_or_default(),
        ),
        ("title".to_owned(), draft.title.clone()),
        ("description".to_owned(), draft.description.clone()),
        ("kind".to_owned(), draft.kind.key().to_owned()),
        ("phase".to_owned(), draft.phase.key().to_owned()),
        ("importance".to_owned(), draft.importance.key().to_owned()),
        ("sequence".to_owned(), if draft.sequence == 0 { String::new() } else { draft.sequence.to_string() }),
    ];
    values.extend(due_values(draft.due.as_ref(), |id| names.event_name(id)));
    let step_of = draft.step_of.as_ref().map(|id| names.event_name(id));
    values.push(("step_of".to_owned(), step_of.unwrap_or_default()));
    for involved in &draft.parties {
        if let Some(party) = parties.iter().find(|party| party.id == involved.party) {
            values.push((format!("party-{}", party.key), involved.role.key().to_owned()));
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::due::{Due, DueState};

    fn form(pairs: &[(&str, &str)]) -> Submission {
        Submission::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
    }

    const WHOLE: [(&str, &str); 5] = [
        ("date", "about 9 January 2026"),
        ("title", "Memo issued"),
        ("kind", "memo"),
        ("phase", "done"),
        ("importance", "major"),
    ];

    #[test]
    fn reads_a_whole_event() {
        let fields = read_event(form(&WHOLE), &[], &[], today()).unwrap();
        assert_eq!(fields.draft.date.unwrap().edtf(), "2026-01-09~");
        assert_eq!((fields.version, fields.citation), (None, None));
    }

    #[test]
    fn an_unclear_date_is_settled_by_a_chosen_reading() {
        let mut typed = WHOLE.to_vec();
        typed[0] = ("date", "03/04/2026");
        let refused = read_event(form(&typed), &[], &[], today()).unwrap_err();
        assert_eq!(refused.readings.len(), 2);
        assert!(refused.error("date").is_some());
        assert_eq!(refused.get("title"), "Memo issued");
        typed.push(("date_reading", "2026-03-04"));
        let fields = read_event(form(&typed), &[], &[], today()).unwrap();
        assert_eq!(fields.draft.date.unwrap().edtf(), "2026-03-04");
    }

    #[test]
    fn a_deadline_has_a_day_or_a_rule() {
        let with = |more: &[(&'static str, &'static str)]| {
            let mut typed = WHOLE.to_vec();
            typed.extend(more);
            read_event(form(&typed), &[], &[], today())
        };
        let plain = with(&[("due", "pending"), ("due_unit", "days"), ("due_side", "after")]).unwrap();
        assert_eq!(plain.draft.due, Some(Due { state: DueState::Pending, rule: None }));
        assert_eq!(plain.rule, None);
        let whole = [
            ("due", "met"),
            ("due_count", "180"),
            ("due_unit", "days"),
            ("due_side", "after"),
            ("due_base", "the memo"),
        ];
        let mut typed = WHOLE.to_vec();
        typed[0].1 = "";
        typed.extend(whole);
        let counted = read_event(form(&typed), &[], &[], today()).unwrap();
        assert_eq!(counted.draft.date, None, "the rule says it");
        let rule = counted.rule.unwrap();
        assert_eq!((rule.count, rule.base.as_str()), (180, "the memo"));
        for (left_out, field) in [(0, "due"), (1, "due_count"), (4, "due_base")] {
            let mut typed = whole.to_vec();
            typed.remove(left_out);
            assert!(with(&typed).unwrap_err().error(field).is_some(), "{field}");
        }
        for (at, wrong) in [(0, "late"), (1, "0"), (1, "10001"), (1, "some"), (2, "hours"), (3, "beside")] {
            let mut typed = whole.to_vec();
            typed[at].1 = wrong;
            assert!(with(&typed).unwrap_err().error(typed[at].0).is_some(), "{wrong}");
        }
    }

    #[test]
    fn each_error_stands_at_its_field() {
        let refused = read_event(
            form(&[
                ("kind", "gossip"),
                ("sequence", "x"),
                ("quote", "words"),
                ("count", "no"),
                ("version", "?"),
                ("title", "a\u{0}b"),
            ]),
            &[],
            &[],
            today(),
        )
        .unwrap_err();
        for field in ["date", "title", "kind", "phase", "importance", "sequence", "version", "article"] {
            assert!(refused.error(field).is_some(), "{field}: {:?}", refused.errors);
        }
    }
}
