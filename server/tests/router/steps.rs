//! Steps of one event through the form, on the pages and on the timeline.

use axum::http::StatusCode;
use impasse_app::model::dispute::{Dispute, DisputeDraft};
use impasse_app::model::link::Upload;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_formats::{Export, Format, write};
use impasse_server::imports;
use impasse_server::settings::Settings;

use super::deadlines::encoded;
use super::site::{DEMO, Site, text};

impl Site {
    async fn step(&self, title: &str, date: &str, phase: &str, of: &str) -> StatusCode {
        let fields = [
            ("title", title),
            ("date", date),
            ("phase", phase),
            ("kind", "memo"),
            ("importance", "normal"),
            ("step_of", of),
        ];
        self.post(&format!("{DEMO}/events/new"), &encoded(&fields)).await.status()
    }
}

#[tokio::test]
async fn steps_are_told_in_order_everywhere() {
    let site = Site::new(Settings::default()).await;
    let memo = "strategy memo";
    assert_eq!(site.step("The memo is announced", "2026-01-02", "announced", memo).await, 303);
    assert_eq!(site.step("The memo takes effect", "2026-04-01", "in-effect", memo).await, 303);
    let (memo, effect) =
        (site.titled("AI strategy memo issued").await, site.titled("The memo takes effect").await);
    let own = text(site.get(&format!("{DEMO}/events/{}", memo.id)).await).await;
    let panel = text(site.get(&format!("{DEMO}/events/{}/panel", memo.id)).await).await;
    for (page, address) in
        [(&own, format!("{DEMO}/events/{}", effect.id)), (&panel, format!("{DEMO}?event={}", effect.id))]
    {
        assert!(page.contains("Steps of “AI strategy memo issued”"), "{page}");
        let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words} in {page}"));
        assert!(place("The memo is announced") < place("The memo takes effect"), "{page}");
        assert!(page.contains(&format!("href=\"{address}\"")), "{page}");
        assert!(page.contains("aria-current=\"step\""), "{page}");
    }
    // Each mark says which step it is, also where a filter leaves the others out.
    for address in [DEMO.to_owned(), format!("{DEMO}?q=takes+effect")] {
        let timeline = text(site.get(&address).await).await;
        assert!(timeline.contains("step 3 of 3 of “AI strategy memo issued”"), "{timeline}");
        assert!(timeline.contains("data-step=\"3/3\""), "{timeline}");
    }
    // Steps stay when one of them goes.
    let gone = site.post(&format!("{DEMO}/events/{}/delete", memo.id), "version=1").await;
    assert_eq!(gone.status(), StatusCode::SEE_OTHER);
    let page = text(site.get(&format!("{DEMO}/events/{}", effect.id)).await).await;
    assert!(page.contains("A step of “AI strategy memo issued”, which was deleted."), "{page}");
    assert!(page.contains("The memo is announced"), "{page}");
}

#[tokio::test]
async fn what_is_wrong_with_a_step_stands_at_its_field() {
    let site = Site::new(Settings::default()).await;
    let fields = [
        ("title", "x"),
        ("date", "2026-01-02"),
        ("phase", "done"),
        ("kind", "memo"),
        ("importance", "normal"),
        ("step_of", "nothing like it"),
    ];
    let answer = site.post(&format!("{DEMO}/events/new"), &encoded(&fields)).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("id=\"step_of-error\"") && page.contains("value=\"nothing like it\""), "{page}");
    // A circle is refused there too.
    assert_eq!(site.step("Effect", "2026-04-01", "in-effect", "strategy memo").await, 303);
    let memo = site.titled("AI strategy memo issued").await;
    let mut fields = fields.to_vec();
    fields.retain(|(name, _)| *name != "step_of");
    fields.extend([("step_of", "effect"), ("version", "1")]);
    let answer = site.post(&format!("{DEMO}/events/{}/edit", memo.id), &encoded(&fields)).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(answer).await.contains("That event is itself a step of this one."));
}

#[tokio::test]
async fn a_file_brings_steps_and_rules_along() {
    let site = Site::new(Settings::default()).await;
    let (memo, report) = site.report().await;
    assert_eq!(site.step("The memo takes effect", "2026-04-01", "in-effect", "strategy memo").await, 303);
    let store = &site.server.store;
    let record = store.record(&site.dispute().await.id, i64::MAX).await.unwrap();
    let export = Export {
        record: &record,
        origin: "https://e.org",
        address: "https://e.org/d/x",
        file_address: "https://e.org/d/x.json",
        made: memo.created,
        changes: &[],
    };
    let upload = Upload {
        name: "x.json".to_owned(),
        format: Format::Json.key().to_owned(),
        options: imports::options_text("", None),
        bytes: write(Format::Json, &export),
    };
    let by = Actor { user: None, name: "Ada".to_owned() };
    let draft = DisputeDraft { slug: "copy".to_owned(), ..draft_of(&record.dispute) };
    let copy = store.add_dispute(&by, &draft).await.unwrap();
    let take = async || {
        let (copy, _) = store.dispute(&Reader::Program, "copy").await.unwrap();
        imports::take(store, &by, &copy, &upload, memo.created.date_naive()).await.unwrap()
    };
    let done = take().await;
    assert_eq!((done.added, done.changed, done.left), (record.events.len() as u64, 0, 0), "{done:?}");
    let made = store.record(&copy.id, i64::MAX).await.unwrap();
    let titled = |title: &str| made.events.iter().find(|event| event.title == title).unwrap();
    let base = titled("AI strategy memo issued");
    assert_ne!(base.id, memo.id);
    assert_eq!(titled("The memo takes effect").step_of.as_ref(), Some(&base.id));
    let counted = titled("Report due");
    assert_eq!((counted.date.edtf(), counted.rule().unwrap().count), (report.date.edtf(), 180));
    assert_eq!(counted.rule().unwrap().base, base.id);
    let again = take().await;
    assert_eq!((again.added, again.changed, again.left), (0, 0, 0), "a second time there is nothing to do");
}

fn draft_of(dispute: &Dispute) -> DisputeDraft {
    DisputeDraft {
        slug: dispute.slug.clone(),
        title: dispute.title.clone(),
        summary: dispute.summary.clone(),
        question: dispute.question.clone(),
        status: dispute.status,
        inclusion_rule: dispute.inclusion_rule.clone(),
    }
}
