//! What was corrected in events after they were first published, in sentences.

use chrono::{DateTime, Utc};

use super::difference::{Names, citation_words, rule_words};
use super::due::DueState;
use super::event::{Citation, Event, EventParty};
use super::id::EventId;
use super::revision::{Action, Change};
use super::time::long_day;
use crate::t;
use crate::texts::all_of;

/// What one change corrected in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The number of the revision that made it.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The event.
    pub event: EventId,
    /// What it corrected; at least one.
    pub lines: Vec<Line>,
}

/// One thing that was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// A whole sentence: “The date of “Memo issued” was changed from 9 January 2026 to about 9 January 2026 on
    /// 28 November 2026, because “the sources differ”.”
    pub sentence: String,
    /// The old and the new wording, where they are too long for a sentence.
    pub wording: Option<(String, String)>,
}

/// What a change corrected; none if it touched nothing that an event says: an event says its date, title, description,
/// kind, phase, parties and sources. What is new is no correction, and so is a source that was added.
pub fn correction(change: &Change, names: &Names) -> Option<Correction> {
    let revision = &change.revision;
    let (old, now) = (change.event_before(), change.event()?);
    let mut said = Said::default();
    match (revision.action, &old) {
        (Action::Create, _) => {}
        (Action::Delete, _) => {
            said.add(t!("corrected-dated-was-taken-off-the", title = now.title, date = now.date.words()));
        }
        (Action::Restore, Some((Action::Delete, old))) => {
            said.add(t!("corrected-was-brought-back", title = old.title));
            said.compare(old, &now, names);
        }
        (Action::Update | Action::Restore, Some((_, old))) => said.compare(old, &now, names),
        (Action::Update | Action::Restore, None) => {}
    }
    let on = long_day(revision.at.date_naive());
    let reason = revision.reason.trim().trim_end_matches('.');
    let sentence = |what: String| match reason {
        "" => t!("corrected", what = what, day = on),
        reason => t!("corrected-because", what = what, day = on, reason = reason),
    };
    let lines: Vec<Line> =
        said.0.into_iter().map(|(what, wording)| Line { sentence: sentence(what), wording }).collect();
    (!lines.is_empty()).then_some(Correction {
        number: revision.number,
        at: revision.at,
        event: now.id,
        lines,
    })
}

/// What was corrected, without the day and the reason, and wordings that are too long for a sentence.
#[derive(Default)]
struct Said(Vec<(String, Option<(String, String)>)>);

impl Said {
    fn add(&mut self, what: String) {
        self.0.push((what, None));
    }

    fn compare(&mut self, old: &Event, now: &Event, names: &Names) {
        // Readers know the event by what it was called before.
        let title = &old.title;
        if old.date.edtf() != now.date.edtf() {
            let (mut from, mut to) = (old.date.words(), now.date.words());
            if from == to {
                (from, to) = (old.date.edtf().to_owned(), now.date.edtf().to_owned());
            }
            self.add(t!("corrected-the-date-of-was-changed", title = title, from = from, to = to));
        }
        if old.title != now.title {
            self.add(t!("corrected-was-renamed", title = title, name = now.title));
        }
        if old.description != now.description {
            let wording = Some((old.description.clone(), now.description.clone()));
            self.0.push((t!("corrected-the-description-of-was-changed", title = title), wording));
        }
        if old.kind != now.kind {
            let (from, to) = (old.kind.label(), now.kind.label());
            self.add(t!("corrected-kind", title = title, from = from, to = to));
        }
        if old.phase != now.phase {
            let (from, to) = (old.phase.label(), now.phase.label());
            self.add(t!("corrected-phase", title = title, from = from, to = to));
        }
        self.compare_deadlines(old, now, names);
        self.compare_steps(old, now, names);
        self.compare_parties(old, now, names);
        self.compare_citations(old, now, names);
    }

    /// That a deadline was met, missed or moved while it was pending is news and no correction.
    fn compare_deadlines(&mut self, old: &Event, now: &Event, names: &Names) {
        let title = &old.title;
        match (&old.due, &now.due) {
            (Some(before), Some(after))
                if before.state != after.state && before.state != DueState::Pending =>
            {
                let (from, to) = (before.state.label(), after.state.label());
                self.add(t!("corrected-how-the-deadline-stands-was", title = title, from = from, to = to));
            }
            (Some(_), None) => self.add(t!("corrected-was-marked-as-no-deadline", title = title)),
            _ => {}
        }
        match (old.rule(), now.rule()) {
            (Some(before), Some(after)) if before != after => {
                let (from, to) = (rule_words(before, names), rule_words(after, names));
                self.add(t!("corrected-what-the-day-of-is", title = title, from = from, to = to));
            }
            (Some(before), None) if now.due.is_some() => {
                let from = rule_words(before, names);
                self.add(t!("corrected-the-rule-for-the-day", title = title, from = from));
            }
            _ => {}
        }
    }

    /// That an event is a step of another is news at first, and a correction once it is told otherwise.
    fn compare_steps(&mut self, old: &Event, now: &Event, names: &Names) {
        let title = &old.title;
        match (&old.step_of, &now.step_of) {
            (Some(before), Some(after)) if before != after => {
                let (from, to) = (names.event(before), names.event(after));
                self.add(t!("corrected-was-told-as-a-step", title = title, to = to, from = from));
            }
            (Some(before), None) => {
                self.add(t!("corrected-was-no-longer-told-as", title = title, before = names.event(before)));
            }
            _ => {}
        }
    }

    fn compare_parties(&mut self, old: &Event, now: &Event, names: &Names) {
        let title = &old.title;
        let roles = |parties: &[EventParty], of: &EventParty| -> Vec<&'static str> {
            parties.iter().filter(|part| part.party == of.party).map(|part| part.role.label()).collect()
        };
        let mut seen = Vec::new();
        for part in old.parties.iter().chain(&now.parties) {
            if seen.contains(&&part.party) {
                continue;
            }
            seen.push(&part.party);
            let name = names.party(&part.party);
            let (from, to) = (roles(&old.parties, part), roles(&now.parties, part));
            if from == to {
                continue;
            }
            self.add(match (from.is_empty(), to.is_empty()) {
                (true, _) => {
                    t!("corrected-was-added-to-as", name = name, title = title, to = all_of(to))
                }
                (_, true) => {
                    t!("corrected-which-was-was-taken-off", name = name, from = all_of(from), title = title)
                }
                _ => t!(
                    "corrected-the-part-of-in-was",
                    name = name,
                    title = title,
                    from = all_of(from),
                    to = all_of(to)
                ),
            });
        }
    }

    fn compare_citations(&mut self, old: &Event, now: &Event, names: &Names) {
        let title = &old.title;
        for before in &old.citations {
            let said = |citation: &Citation| citation_words(citation, names);
            match now.citations.iter().find(|citation| citation.id == before.id) {
                None => self.add(t!("corrected-a-source-of-was-taken", title = title, before = said(before))),
                Some(after) if said(before) != said(after) => {
                    let wording = Some((said(before), said(after)));
                    self.0.push((t!("corrected-a-source-of-was-corrected", title = title), wording));
                }
                Some(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::Passage;
    use crate::model::date::EventDate;
    use crate::model::dispute::{Party, PartyKind};
    use crate::model::due::{Due, DueRule, Side, Unit};
    use crate::model::event::{Attribution, AttributionKind, Importance, Kind, Phase, Role};
    use crate::model::id::{ArticleId, CitationId, DisputeId, PartyId};
    use crate::model::revision::{Revision, Subject};

    fn memo() -> Event {
        Event {
            id: EventId::from("memo"),
            date: EventDate::parse("2026-01-09").unwrap(),
            title: "AI strategy memo issued".to_owned(),
            description: String::new(),
            kind: Kind::Memo,
            phase: Phase::Done,
            importance: Importance::Major,
            sequence: 0,
            due: None,
            step_of: None,
            parties: vec![EventParty { party: PartyId::from("dod"), role: Role::Actor }],
            citations: Vec::new(),
            version: 1,
            created: DateTime::<Utc>::UNIX_EPOCH,
            updated: DateTime::<Utc>::UNIX_EPOCH,
        }
    }

    fn change(action: Action, reason: &str, before: Option<(Action, &Event)>, now: &Event) -> Change {
        Change {
            revision: Revision {
                number: 7,
                dispute: DisputeId::from("d"),
                subject: Subject::Event,
                subject_id: "memo".to_owned(),
                action,
                actor: "Ada".to_owned(),
                at: "2026-11-28T09:00:00Z".parse().unwrap(),
                reason: reason.to_owned(),
                state: serde_json::to_string(now).unwrap(),
            },
            before: before.map(|(action, event)| (action, serde_json::to_string(event).unwrap())),
        }
    }

    fn names() -> Names {
        let party = |id: &str, name: &str| Party {
            id: PartyId::from(id),
            key: id.to_owned(),
            name: name.to_owned(),
            aliases: Vec::new(),
            kind: PartyKind::Other,
            place: 1,
        };
        Names::new(&[party("dod", "Pentagon"), party("lab", "Anthropic")], &[])
    }

    fn sentences(change: &Change) -> Vec<String> {
        let found = correction(change, &names());
        found.map(|found| found.lines.into_iter().map(|line| line.sentence).collect()).unwrap_or_default()
    }

    #[test]
    fn a_date_is_corrected_in_a_sentence() {
        let mut now = memo();
        now.date = EventDate::parse("2026-01-09~").unwrap();
        let change = change(Action::Update, "the sources differ.", Some((Action::Create, &memo())), &now);
        assert_eq!(
            sentences(&change),
            [
                "The date of “AI strategy memo issued” was changed from 9 January 2026 to about 9 January 2026 on \
              28 November 2026, because “the sources differ”."
            ]
        );
    }

    #[test]
    fn titles_kinds_and_parties_are_corrected() {
        let mut now = memo();
        now.title = "Memo sent".to_owned();
        now.kind = Kind::Statement;
        now.parties = vec![
            EventParty { party: PartyId::from("dod"), role: Role::Decider },
            EventParty { party: PartyId::from("lab"), role: Role::Target },
        ];
        let there = change(Action::Update, "", Some((Action::Create, &memo())), &now);
        assert_eq!(
            sentences(&there),
            [
                "“AI strategy memo issued” was renamed “Memo sent” on 28 November 2026.",
                "The kind of “AI strategy memo issued” was changed from “Memo” to “Statement” on 28 November 2026.",
                "The part of Pentagon in “AI strategy memo issued” was changed from actor to decider on 28 November 2026.",
                "Anthropic was added to “AI strategy memo issued” as target on 28 November 2026.",
            ]
        );
        let back = change(Action::Restore, "", Some((Action::Update, &now)), &memo());
        assert!(sentences(&back).contains(
            &"Anthropic, which was target, was taken off “Memo sent” on 28 November 2026.".to_owned()
        ));
    }

    #[test]
    fn how_a_deadline_ended_is_news_and_putting_that_right_a_correction() {
        let due = |state| Event { due: Some(Due { state, rule: None }), ..memo() };
        let told = |from: &Event, to: &Event| {
            sentences(&change(Action::Update, "", Some((Action::Update, from)), to))
        };
        let (pending, met, missed) = (due(DueState::Pending), due(DueState::Met), due(DueState::Missed));
        assert_eq!(told(&pending, &met), [""; 0]);
        assert_eq!(
            told(&met, &missed),
            [
                "How the deadline “AI strategy memo issued” stands was changed from “Met” to “Missed” on 28 November 2026."
            ]
        );
        let rule = DueRule { base: EventId::from("base"), count: 1, unit: Unit::Days, side: Side::After };
        let counted =
            |rule| Event { due: Some(Due { state: DueState::Pending, rule: Some(rule) }), ..memo() };
        let later = DueRule { count: 2, ..rule.clone() };
        assert_eq!(told(&pending, &counted(rule.clone())), [""; 0], "what is new is no correction");
        let changed = told(&counted(rule), &counted(later));
        assert_eq!(
            changed,
            [
                "What the day of “AI strategy memo issued” is counted from was changed from 1 day after “base” to \
              2 days after “base” on 28 November 2026."
            ]
        );
    }

    #[test]
    fn what_is_no_step_any_more_is_told() {
        let step = Event { step_of: Some(EventId::from("first")), ..memo() };
        let told = |from: &Event, to: &Event| {
            sentences(&change(Action::Update, "", Some((Action::Update, from)), to))
        };
        assert_eq!(told(&memo(), &step), [""; 0]);
        assert_eq!(
            told(&step, &memo()),
            ["“AI strategy memo issued” was no longer told as a step of “first” on 28 November 2026."]
        );
    }

    #[test]
    fn what_is_taken_off_and_brought_back_is_told() {
        let gone = change(Action::Delete, "a rumour", Some((Action::Create, &memo())), &memo());
        assert_eq!(
            sentences(&gone),
            [
                "“AI strategy memo issued”, dated 9 January 2026, was taken off the timeline on 28 November 2026, \
              because “a rumour”."
            ]
        );
        let back = change(Action::Restore, "", Some((Action::Delete, &memo())), &memo());
        assert_eq!(sentences(&back), ["“AI strategy memo issued” was brought back on 28 November 2026."]);
    }

    #[test]
    fn long_wordings_stand_behind_the_sentence() {
        let mut now = memo();
        now.description = "It was public.".to_owned();
        let found = correction(&change(Action::Update, "", Some((Action::Create, &memo())), &now), &names());
        let found = found.unwrap().lines.remove(0);
        assert_eq!(
            found.sentence,
            "The description of “AI strategy memo issued” was changed on 28 November 2026."
        );
        assert_eq!(found.wording, Some((String::new(), "It was public.".to_owned())));
    }

    #[test]
    fn what_readers_do_not_read_is_no_correction() {
        let mut now = memo();
        now.sequence = 3;
        now.importance = Importance::Minor;
        now.version = 2;
        now.citations.push(Citation {
            id: CitationId::from("c"),
            article: ArticleId::from("a"),
            passage: Passage {
                exact: "words".to_owned(),
                prefix: String::new(),
                suffix: String::new(),
                start: 0,
                end: 5,
            },
            attribution: Attribution { kind: AttributionKind::Outlet, wording: String::new(), count: None },
            date: None,
        });
        assert_eq!(
            correction(&change(Action::Update, "", Some((Action::Create, &memo())), &now), &names()),
            None
        );
        assert_eq!(correction(&change(Action::Create, "", None, &memo()), &names()), None);
        // Taking that source off again is one.
        let back = change(Action::Update, "", Some((Action::Update, &now)), &memo());
        assert_eq!(sentences(&back).len(), 1);
    }
}
