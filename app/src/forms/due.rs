//! The part of an event's form that says whether it is a deadline, and the events that a form names.

use super::FieldError;
use crate::model::difference::event_name;
use crate::model::due::{Due, DueRule, DueState, Side, Unit};
use crate::model::id::EventId;
use crate::model::search;
use crate::page::Submission;
use crate::store::EventBrief;
use crate::t;

/// The fields of a rule, which are read, merged and chosen as one.
pub(super) const RULE: [&str; 4] = ["due_count", "due_unit", "due_side", "due_base"];

/// A rule as typed: its base is still to be found among the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleField {
    /// What was typed for the base.
    pub base: String,
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// In which direction.
    pub side: Side,
}

impl RuleField {
    /// The rule, once its base is found.
    pub fn from(self, base: EventId) -> DueRule {
        DueRule { base, count: self.count, unit: self.unit, side: self.side }
    }
}

/// Whether the event is a deadline, without its rule, and the rule.
pub(super) fn read_due(form: &Submission, errors: &mut Vec<FieldError>) -> (Option<Due>, Option<RuleField>) {
    let state = match form.get("due") {
        "" => None,
        key => DueState::from_key(key).or_else(|| {
            errors.push(FieldError::new("due", t!("form-due-choose-one-of-the-entries")));
            None
        }),
    };
    let (count, base) = (form.get("due_count"), form.get("due_base"));
    let rule = match (count.is_empty(), base.is_empty()) {
        (true, true) => None,
        (false, true) => {
            errors.push(FieldError::new("due_base", t!("form-due-name-the-event-that-the")));
            None
        }
        (true, false) => {
            errors.push(FieldError::new("due_count", t!("form-due-say-how-many-days-weeks")));
            None
        }
        (false, false) => read_rule(form, errors),
    };
    if rule.is_some() && form.get("due").is_empty() {
        let message = t!("form-due-say-how-the-deadline-stands");
        errors.push(FieldError::new("due", message));
    }
    (state.map(|state| Due { state, rule: None }), rule)
}

fn read_rule(form: &Submission, errors: &mut Vec<FieldError>) -> Option<RuleField> {
    let count = form.get("due_count").parse().ok().filter(|count| (1..=DueRule::MOST).contains(count));
    if count.is_none() {
        let message = t!("form-due-give-a-whole-number-from", most = DueRule::MOST);
        errors.push(FieldError::new("due_count", message));
    }
    let unit = super::choice(form, "due_unit", Unit::from_key, errors);
    let side = super::choice(form, "due_side", Side::from_key, errors);
    Some(RuleField { base: form.get("due_base").to_owned(), count: count?, unit: unit?, side: side? })
}

/// The values of the fields, to open the form on them or to compare two states. `named` spells an event as
/// [`event_name`] does.
pub(super) fn due_values(due: Option<&Due>, named: impl Fn(&EventId) -> String) -> Vec<(String, String)> {
    let rule = due.and_then(|due| due.rule.as_ref());
    let value = |field: &str, value: Option<String>| (field.to_owned(), value.unwrap_or_default());
    vec![
        value("due", due.map(|due| due.state.key().to_owned())),
        value("due_count", rule.map(|rule| rule.count.to_string())),
        value("due_unit", rule.map(|rule| rule.unit.key().to_owned())),
        value("due_side", rule.map(|rule| rule.side.key().to_owned())),
        value("due_base", rule.map(|rule| named(&rule.base))),
    ]
}

/// The identifier in what [`event_name`] wrote, or in the address of an event's page.
fn identifier(typed: &str) -> Option<&str> {
    let named = typed.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).map(|(_, id)| id);
    named.or_else(|| {
        let (_, rest) = typed.split_once("/events/")?;
        rest.split(['/', '?', '#']).next()
    })
}

/// The event that a form names: by [`event_name`], by the address of its page, by its identifier, or by words of its
/// title that no other event has. `old` is named already, and may be deleted by now.
///
/// # Errors
/// Why it is not known which is meant, for people.
pub fn find_event(typed: &str, events: &[EventBrief], old: Option<&EventId>) -> Result<EventId, String> {
    let id = identifier(typed).unwrap_or(typed);
    if let Some(old) = old.filter(|old| old.as_str() == id) {
        return Ok(old.clone());
    }
    if let Some(found) = events.iter().find(|event| event.id.as_str() == id) {
        return Ok(found.id.clone());
    }
    if identifier(typed).is_some() {
        return Err(t!("form-due-this-event-is-not-on").to_owned());
    }
    let whole = search::folded(typed);
    let mut found: Vec<&EventBrief> =
        events.iter().filter(|event| search::folded(&event.title) == whole).collect();
    if found.is_empty() {
        let words = search::words(typed);
        let has_all = |event: &&EventBrief| {
            let title = search::folded(&event.title);
            !words.is_empty() && words.iter().all(|word| title.contains(word.as_str()))
        };
        found = events.iter().filter(has_all).collect();
    }
    match found.as_slice() {
        [] => Err(t!("form-due-no-event-has-these-words").to_owned()),
        [one] => Ok(one.id.clone()),
        several => {
            let name = |event: &&EventBrief| event_name(&event.title, &event.date.words(), &event.id);
            let names: Vec<String> = several.iter().take(5).map(name).collect();
            let names = names.join("; ");
            Err(match several.len() {
                all @ 6.. => t!("form-due-several-and-more", names = names, more = all - 5),
                _ => t!("form-due-several-events-have-these-words", names = names),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::timeline::window::tests::event;

    #[test]
    fn an_event_is_found_by_what_people_have_of_it() {
        let events = [
            event("a1", "2026-01-09", "Memo issued"),
            event("b2", "2026-01-10", "Talks begin"),
            event("c3", "2026-01-11", "Talks end"),
        ];
        let find = |typed: &str| find_event(typed, &events, Some(&EventId::from("gone")));
        for (typed, id) in [
            ("Memo issued, 9 January 2026 [a1]", "a1"),
            ("Called otherwise by now [b2]", "b2"),
            ("https://example.org/d/x/events/c3/edit?x", "c3"),
            ("c3", "c3"),
            ("memo ISSUED", "a1"),
            ("end talks", "c3"),
            ("[gone]", "gone"),
        ] {
            assert_eq!(find(typed).unwrap().as_str(), id, "{typed}");
        }
        assert!(find("talks").unwrap_err().contains("Talks begin, 10 January 2026 [b2]; Talks end"));
        assert!(find("ruling").is_err() && find("[d4]").is_err() && find("?!").is_err());
    }
}
