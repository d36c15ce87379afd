//! Two editors changed one event: what of it can be put together, and what one of them has to choose.

use crate::model::date::EventDate;
use crate::model::difference::Names;
use crate::model::dispute::Party;
use crate::model::due::{self, DueState, Side};
use crate::model::event::{EventDraft, Importance, Kind, Phase, Role};
use crate::page::Submission;

use super::due::RULE;
use super::{drop_field, event_values};
use crate::t;

/// A field that both changed, each to something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The field's name in the form.
    pub field: String,
    /// Its name for people.
    pub label: String,
    /// What it said when the form was opened, in words; none if that is not known any more.
    pub before: Option<String>,
    /// What somebody else made of it, in words.
    pub there: String,
    /// What was typed, in words.
    pub yours: String,
    /// What somebody else made of it, as values of the form. A date has two, since it goes with its wording.
    pub values: Vec<(String, String)>,
}

/// A form with what somebody else saved meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The values to go on with: of each field what was changed, by whomever; of those that clash, what was typed.
    pub values: Vec<(String, String)>,
    /// What is left to choose.
    pub clashes: Vec<Clash>,
}

/// Fields that are merged as one.
struct Unit {
    label: String,
    fields: Vec<String>,
}

fn units(parties: &[Party]) -> Vec<Unit> {
    let unit = |label: &str, fields: &[&str]| Unit {
        label: label.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    let mut units = vec![
        unit(t!("field-name-date"), &["date", "printed"]),
        unit(t!("field-name-title"), &["title"]),
        unit(t!("field-name-description"), &["description"]),
        unit(t!("field-name-kind"), &["kind"]),
        unit(t!("field-name-phase"), &["phase"]),
        unit(t!("field-name-importance"), &["importance"]),
        unit(t!("field-name-order-within-its-day"), &["sequence"]),
        unit(t!("field-name-deadline"), &["due"]),
        unit(t!("field-name-day-counted"), &RULE),
        unit(t!("field-name-step-of"), &["step_of"]),
    ];
    units.extend(
        parties
            .iter()
            .map(|party| Unit { label: party.name.clone(), fields: vec![format!("party-{}", party.key)] }),
    );
    units
}

/// Puts what was typed together with what somebody else saved meanwhile. `base` is what the form was opened on; without
/// it every difference is a clash. `yours` is what was `typed`, read.
///
/// Citations do not clash: what somebody else added is there, and what was taken off is taken off, unless somebody else
/// changed it.
pub fn merge(
    typed: &Submission,
    base: Option<&EventDraft>,
    there: &EventDraft,
    yours: &EventDraft,
    parties: &[Party],
    names: &Names,
) -> Merged {
    let values = |draft: &EventDraft| Submission::new(event_values(draft, parties, names));
    let (before, theirs, mine) = (base.map(values), values(there), values(yours));
    let mut merged = Vec::new();
    let mut clashes = Vec::new();
    let units = units(parties);
    for unit in &units {
        let of = |form: &Submission| -> Vec<(String, String)> {
            unit.fields.iter().map(|field| (field.clone(), form.get(field).to_owned())).collect()
        };
        let (old, there, mine) = (before.as_ref().map(of), of(&theirs), of(&mine));
        if there == mine || old.as_ref() == Some(&there) {
            // A date stays in the words it was typed in, unless one of several readings was chosen.
            let is_settled = unit.label == t!("field-name-date") && !typed.get("date_reading").is_empty();
            merged.extend(if is_settled { mine } else { of(typed) });
        } else if old.as_ref() == Some(&mine) {
            merged.extend(there);
        } else {
            clashes.push(Clash {
                field: unit.fields.first().cloned().unwrap_or_default(),
                label: unit.label.clone(),
                before: old.map(|old| words(&old)),
                there: words(&there),
                yours: words(&mine),
                values: there,
            });
            let is_settled = unit.label == t!("field-name-date") && !typed.get("date_reading").is_empty();
            merged.extend(if is_settled { mine } else { of(typed) });
        }
    }
    for (at, citation) in there.citations.iter().enumerate() {
        let was = base.and_then(|base| base.citations.iter().find(|old| old.id == citation.id));
        let is_kept = yours.citations.iter().any(|kept| kept.id == citation.id);
        if was == Some(citation) && !is_kept {
            merged.push((drop_field(at, citation), "yes".to_owned()));
        }
    }
    let is_done = |name: &str| {
        units.iter().any(|unit| unit.fields.iter().any(|field| field == name))
            || name.starts_with("drop-")
            || ["version", "date_reading"].contains(&name)
    };
    merged.extend(typed.values.iter().filter(|(name, _)| !is_done(name)).cloned());
    Merged { values: merged, clashes }
}

/// The values of a unit in words.
fn words(values: &[(String, String)]) -> String {
    let [(field, value), more @ ..] = values else { return String::new() };
    let label = match field.as_str() {
        "date" => {
            let words = EventDate::parse(value).map(|date| date.words()).unwrap_or_else(|_| value.clone());
            return match more.first().filter(|(_, printed)| !printed.is_empty()) {
                Some((_, printed)) => t!("form-merge-printed-as", words = words, printed = printed),
                None => words,
            };
        }
        "due" => Some(DueState::from_key(value).map_or(t!("form-merge-no-deadline"), DueState::label)),
        "due_count" if value.is_empty() => Some(t!("form-merge-not-counted")),
        "due_count" => {
            let of = |name: &str| {
                more.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
            };
            let unit = due::Unit::from_key(of("due_unit")).map_or("", due::Unit::label);
            let side = Side::from_key(of("due_side")).map_or("", Side::label);
            return t!(
                "form-merge-counted",
                length = format!("{value} {unit}"),
                side = side,
                event = of("due_base")
            );
        }
        "kind" => Kind::from_key(value).map(Kind::label),
        "phase" => Phase::from_key(value).map(Phase::label),
        "importance" => Importance::from_key(value).map(Importance::label),
        _ if field.starts_with("party-") => {
            Some(Role::from_key(value).map_or(t!("form-merge-not-involved"), Role::label))
        }
        _ => None,
    };
    label.map_or_else(|| value.clone(), str::to_owned)
}

/// The form with those values in it that were chosen over what was typed.
#[must_use]
pub fn resolved(form: Submission) -> Submission {
    let chosen: Vec<&str> = form
        .values
        .iter()
        .filter(|(_, value)| value == "there")
        .filter_map(|(name, _)| name.strip_prefix("pick-"))
        .collect();
    let fields = |chosen: &str| match chosen {
        "date" => vec!["date", "printed", "date_reading"],
        "due_count" => RULE.to_vec(),
        _ => vec![],
    };
    let is_replaced = |name: &str| chosen.iter().any(|one| *one == name || fields(one).contains(&name));
    let mut values: Vec<(String, String)> = form
        .values
        .iter()
        .filter(|(name, _)| !name.starts_with("pick-") && !name.starts_with("there-") && !is_replaced(name))
        .cloned()
        .collect();
    values.extend(form.values.iter().filter_map(|(name, value)| {
        let field = name.strip_prefix("there-")?;
        is_replaced(field).then(|| (field.to_owned(), value.clone()))
    }));
    Submission { values, ..form }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::article::Passage;
    use crate::model::dispute::PartyKind;
    use crate::model::due::{Due, DueRule};
    use crate::model::event::{Attribution, AttributionKind, CitationDraft, EventParty};
    use crate::model::id::{ArticleId, CitationId, PartyId};

    fn parties() -> Vec<Party> {
        let party = |key: &str| Party {
            id: PartyId::from(key),
            key: key.to_owned(),
            name: key.to_uppercase(),
            aliases: Vec::new(),
            kind: PartyKind::Other,
            place: 1,
        };
        vec![party("dod"), party("lab")]
    }

    fn citation(id: &str, words: &str) -> CitationDraft {
        CitationDraft {
            id: Some(CitationId::from(id)),
            article: ArticleId::from("a"),
            passage: Passage {
                exact: words.to_owned(),
                prefix: String::new(),
                suffix: String::new(),
                start: 0,
                end: 1,
            },
            attribution: Attribution { kind: AttributionKind::Outlet, wording: String::new(), count: None },
            date: None,
        }
    }

    prop_compose! {
        fn any_draft()(
            edtf in prop::sample::select(vec!["2026-01-09", "2026-01-09~", "2026-02"]),
            title in "[ab]",
            step in prop::option::of(prop::sample::select(vec!["e", "f"])),
            due in prop::option::of((prop::sample::select(DueState::ALL), prop::option::of((1..3_u32, prop::sample::select(vec!["e", "f"]))))),
            description in "[ab]?",
            kind in prop::sample::select(vec![Kind::Memo, Kind::Ruling]),
            role in prop::option::of(prop::sample::select(vec![Role::Actor, Role::Target])),
            cited in prop::collection::btree_set("c[123]", 0..3),
        ) -> EventDraft {
            EventDraft {
                date: Some(EventDate::parse(edtf).unwrap()),
                title,
                description,
                kind,
                phase: Phase::Done,
                importance: Importance::Normal,
                sequence: 0,
                due: due.map(|(state, rule)| Due {
                    state,
                    rule: rule.map(|(count, base)| DueRule {
                        base: base.into(),
                        count,
                        unit: due::Unit::Days,
                        side: Side::After,
                    }),
                }),
                step_of: step.map(Into::into),
                parties: role.map(|role| EventParty { party: PartyId::from("dod"), role }).into_iter().collect(),
                citations: cited.iter().map(|id| citation(id, id)).collect(),
            }
        }
    }

    fn typed(draft: &EventDraft) -> Submission {
        let mut form = Submission::new(event_values(draft, &parties(), &Names::default()));
        form.values.push(("reason".to_owned(), "why".to_owned()));
        form.values.push(("version".to_owned(), "1".to_owned()));
        form
    }

    fn merged(base: Option<&EventDraft>, there: &EventDraft, yours: &EventDraft) -> Merged {
        merge(&typed(yours), base, there, yours, &parties(), &Names::default())
    }

    /// Whether the form says what a draft does.
    fn says(merged: &Merged, draft: &EventDraft) -> bool {
        let (form, draft) = (Submission::new(merged.values.clone()), typed(draft));
        units(&parties())
            .iter()
            .flat_map(|unit| &unit.fields)
            .all(|field| form.get(field) == draft.get(field))
    }

    proptest! {
        #[test]
        fn what_only_one_changed_is_taken_from_them(base in any_draft(), other in any_draft()) {
            let theirs = merged(Some(&base), &other, &base);
            prop_assert!(says(&theirs, &other) && theirs.clashes.is_empty(), "{theirs:?}");
            let mine = merged(Some(&base), &base, &other);
            prop_assert!(says(&mine, &other) && mine.clashes.is_empty(), "{mine:?}");
            let both = merged(Some(&base), &other, &other);
            prop_assert!(says(&both, &other) && both.clashes.is_empty(), "{both:?}");
        }

        #[test]
        fn choosing_theirs_throughout_leaves_no_clash(base in any_draft(), there in any_draft(), yours in any_draft()) {
            let Merged { mut values, clashes } = merged(Some(&base), &there, &yours);
            for clash in &clashes {
                prop_assert_ne!(&clash.there, &clash.yours);
                values.push((format!("pick-{}", clash.field), "there".to_owned()));
                values.extend(clash.values.iter().map(|(name, value)| (format!("there-{name}"), value.clone())));
            }
            let form = resolved(Submission::new(values));
            for clash in &clashes {
                for (name, value) in &clash.values {
                    prop_assert_eq!(form.get(name), value.as_str());
                }
            }
            prop_assert!(form.values.iter().all(|(name, _)| !name.starts_with("pick-") && !name.starts_with("there-")));
        }
    }

    #[test]
    fn without_what_it_was_opened_on_every_difference_clashes() {
        let draft = |title: &str| EventDraft {
            date: Some(EventDate::parse("2026-01-09").unwrap()),
            title: title.to_owned(),
            description: String::new(),
            kind: Kind::Memo,
            phase: Phase::Done,
            importance: Importance::Normal,
            sequence: 0,
            due: None,
            step_of: None,
            parties: Vec::new(),
            citations: Vec::new(),
        };
        let found = merged(None, &draft("a"), &draft("b"));
        let [clash] = &found.clashes[..] else { panic!("{found:?}") };
        assert_eq!((clash.field.as_str(), clash.before.as_deref()), ("title", None));
        assert_eq!((clash.there.as_str(), clash.yours.as_str()), ("a", "b"));
    }

    #[test]
    fn citations_are_put_together() {
        let base = EventDraft {
            date: None,
            title: String::new(),
            description: String::new(),
            kind: Kind::Memo,
            phase: Phase::Done,
            importance: Importance::Normal,
            sequence: 0,
            due: None,
            step_of: None,
            parties: Vec::new(),
            citations: vec![citation("c1", "one"), citation("c2", "two"), citation("c3", "three")],
        };
        // Somebody put one in front, took one off and edited the last one.
        let there = EventDraft {
            citations: vec![citation("c0", "new"), citation("c1", "one"), citation("c3", "edited")],
            ..base.clone()
        };
        let yours = EventDraft { citations: vec![citation("c2", "two")], ..base.clone() };
        let found = merged(Some(&base), &there, &yours);
        let drops: Vec<&str> = found
            .values
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| name.starts_with("drop-"))
            .collect();
        assert_eq!(drops, ["drop-c1"], "the one that was taken off; not the one that was edited");
        assert!(
            found.values.contains(&("reason".to_owned(), "why".to_owned())),
            "what clashes with nothing stays"
        );
    }
}
