//! Deadlines through the form, on the pages and on the timeline.

use axum::http::{StatusCode, header};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::due::{Due, DueRule, DueState, Side, Unit};
use impasse_app::model::event::Event;
use impasse_app::model::id::EventId;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_server::settings::Settings;

use super::site::{DEMO, Site, text};

/// A form as it is sent.
pub(super) fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

const FACTS: [(&str, &str); 3] = [("kind", "deadline"), ("phase", "announced"), ("importance", "normal")];
const RULE: [(&str, &str); 5] = [
    ("due", "pending"),
    ("due_count", "180"),
    ("due_unit", "days"),
    ("due_side", "after"),
    ("due_base", "strategy memo"),
];

fn with(more: &[(&'static str, &'static str)]) -> String {
    let fields: Vec<_> = FACTS.iter().chain(more).copied().collect();
    encoded(&fields)
}

impl Site {
    async fn events(&self) -> Vec<Event> {
        let store = &self.server.store;
        let dispute = self.dispute().await;
        let mut events = Vec::new();
        for brief in store.events(&dispute.id, &View::default()).await.unwrap() {
            events.push(store.event(&dispute.id, &brief.id).await.unwrap());
        }
        events
    }

    pub(super) async fn titled(&self, title: &str) -> Event {
        self.events().await.into_iter().find(|event| event.title == title).unwrap()
    }

    pub(super) async fn dispute(&self) -> Dispute {
        self.server.store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0
    }

    /// Adds a deadline of 180 days after the memo, and gives the two.
    pub(super) async fn report(&self) -> (Event, Event) {
        let mut fields = vec![("title", "Report due")];
        fields.extend(RULE);
        let answer = self.post(&format!("{DEMO}/events/new"), &with(&fields)).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        (self.titled("AI strategy memo issued").await, self.titled("Report due").await)
    }
}

#[tokio::test]
async fn a_day_is_counted_from_the_event_that_is_named() {
    let site = Site::new(Settings::default()).await;
    let (memo, report) = site.report().await;
    let rule = DueRule { base: memo.id.clone(), count: 180, unit: Unit::Days, side: Side::After };
    assert_eq!(report.due, Some(Due { state: DueState::Pending, rule: Some(rule) }));
    assert_eq!(report.date.edtf(), "2026-07-08");
    // What it is counted from is told with the way there, on its page and in the panel.
    let own = text(site.get(&format!("{DEMO}/events/{}", report.id)).await).await;
    let panel = text(site.get(&format!("{DEMO}/events/{}/panel", report.id)).await).await;
    for page in [&own, &panel] {
        assert!(page.contains("Deadline: pending"), "{page}");
        assert!(page.contains("180 days after"), "{page}");
        assert!(page.contains(&format!("href=\"{DEMO}?event={}\"", memo.id)), "{page}");
    }
    // On the timeline the state is in the name of the mark, and a class that the style sheet draws a shape for.
    let timeline = text(site.get(DEMO).await).await;
    assert!(timeline.contains("deadline pending") && timeline.contains(" due-pending"), "{timeline}");
    assert!(timeline.contains("How deadlines stand"), "the legend tells the shapes");
    // The form is opened on what it says.
    let form = text(site.get(&format!("{DEMO}/events/{}/edit", report.id)).await).await;
    assert!(
        form.contains(&format!("value=\"AI strategy memo issued, 9 January 2026 [{}]\"", memo.id)),
        "{form}"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_stands_at_its_field() {
    let site = Site::new(Settings::default()).await;
    let path = format!("{DEMO}/events/new");
    for (base, field, message) in [
        ("no such words", "due_base", "No event has these words in its title."),
        ("[abc]", "due_base", "This event is not on the timeline, or not any more."),
        ("a", "due_base", "Several events have these words."),
        ("contract talks", "due_base", "No day can be counted from"),
    ] {
        let mut fields = vec![("title", "A <b>report</b> due"), ("description", "kept")];
        fields.extend(RULE.iter().filter(|(name, _)| *name != "due_base"));
        fields.push(("due_base", base));
        let answer = site.post(&path, &with(&fields)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{base}");
        let page = text(answer).await;
        assert!(page.contains(&format!("id=\"{field}-error\"")) && page.contains(message), "{base}: {page}");
        assert!(page.contains("kept</textarea>") && page.contains(&format!("value=\"{base}\"")), "{page}");
    }
    let mut fields = vec![("title", "Report due"), ("date", "9 July 2026")];
    fields.extend(RULE);
    let page = text(site.post(&path, &with(&fields)).await).await;
    assert!(
        page.contains("id=\"date-error\"") && page.contains("is 8 July 2026. Leave the date empty"),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_past_its_day_is_overdue_and_what_was_moved_tells_its_earlier_days() {
    let site = Site::new(Settings::default()).await;
    let path = format!("{DEMO}/events/new");
    let fields = [("title", "Answer due"), ("date", "20 January 2026"), ("due", "pending")];
    assert_eq!(site.post(&path, &with(&fields)).await.status(), StatusCode::SEE_OTHER);
    let answer = site.titled("Answer due").await;
    let own = format!("{DEMO}/events/{}", answer.id);
    let page = text(site.get(&own).await).await;
    assert!(page.contains("Deadline: pending, ") && page.contains("overdue as of "), "{page}");
    let version = answer.version.to_string();
    let mut fields = FACTS.to_vec();
    fields.extend([
        ("title", "Answer due"),
        ("date", "27 January 2026"),
        ("due", "moved"),
        ("version", &version),
    ]);
    let moved = site.post(&format!("{own}/edit"), &encoded(&fields)).await;
    assert_eq!(moved.status(), StatusCode::SEE_OTHER, "{:?}", moved.headers().get(header::LOCATION));
    let page = text(site.get(&own).await).await;
    assert!(page.contains("Deadline: moved") && page.contains("20 January 2026</time>, until"), "{page}");
}

#[tokio::test]
async fn two_rules_are_to_be_chosen_from() {
    let site = Site::new(Settings::default()).await;
    let (memo, report) = site.report().await;
    let own = format!("{DEMO}/events/{}/edit", report.id);
    let send = async |count: &str| {
        let mut fields = FACTS.to_vec();
        fields.extend([
            ("title", "Report due"),
            ("date", "2026-07-08"),
            ("version", "1"),
            ("due_count", count),
        ]);
        fields.extend(RULE.iter().filter(|(name, _)| *name != "due_count"));
        site.post(&own, &encoded(&fields)).await
    };
    assert_eq!(send("90").await.status(), StatusCode::SEE_OTHER);
    let clash = send("100").await;
    assert_eq!(clash.status(), StatusCode::CONFLICT);
    let page = text(clash).await;
    let named = format!("AI strategy memo issued, 9 January 2026 [{}]", memo.id);
    assert!(page.contains("Day counted"), "{page}");
    assert!(
        page.contains(&format!("There now: <span class=\"clash-words\">90 days after {named}")),
        "{page}"
    );
    assert!(page.contains(&format!("100 days after {named}")), "{page}");
}

#[tokio::test]
async fn a_base_that_was_deleted_is_told() {
    let site = Site::new(Settings::default()).await;
    let (memo, report) = site.report().await;
    let gone = site.post(&format!("{DEMO}/events/{}/delete", memo.id), "version=1").await;
    assert_eq!(gone.status(), StatusCode::SEE_OTHER);
    let own = format!("{DEMO}/events/{}", report.id);
    let page = text(site.get(&own).await).await;
    assert!(
        page.contains("“AI strategy memo issued”, 9 January 2026, which was deleted; the day stays"),
        "{page}"
    );
    // The form can be saved as it is.
    let named = format!("AI strategy memo issued, 9 January 2026 [{}]", memo.id);
    let form = text(site.get(&format!("{own}/edit")).await).await;
    assert!(form.contains(&named), "{form}");
    let mut fields = FACTS.to_vec();
    fields.extend([("title", "Report due"), ("date", "2026-07-08"), ("version", "1"), ("due_base", &named)]);
    fields.extend(RULE.iter().filter(|(name, _)| *name != "due_base"));
    assert_eq!(site.post(&format!("{own}/edit"), &encoded(&fields)).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(site.titled("Report due").await.rule().unwrap().base, EventId::from(memo.id.as_str()));
}
