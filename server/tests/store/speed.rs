//! How long a store takes with ten thousand events, printed rather than judged, since machines differ:
//! `cargo test --release -p impasse --test store -- --ignored --nocapture speed`.

use std::time::Instant;

use impasse_app::model::event::{Attestation, AttributionKind, EventDraft, Role};
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;

use super::Home;
use super::make::*;

async fn measured(name: &str, home: Home) {
    const EVENTS: i64 = 10_000;
    let store = home.open().await;
    let scene = scene(&*store, "one").await;
    let other = scene.cite(&*store, "Courier", Some("2026-01-15")).await;
    let start = date("2000-01-01").sorts_at();
    let drafts: Vec<EventDraft> = (0..EVENTS)
        .map(|n| {
            let day = impasse_app::model::time::day_of(start + n * 1440);
            let mut draft = event(&day.to_string(), &format!("Event number {n} of the long dispute"));
            draft.description = "A few sentences about what happened, and who said what to whom. ".repeat(3);
            draft.parties = vec![part(&scene.red.id, Role::Actor), part(&scene.blue.id, Role::Target)];
            draft.citations = vec![
                citation(&scene.article.id, AttributionKind::Unnamed, Some(6)),
                citation(&other, AttributionKind::Spokesperson, None),
            ];
            draft
        })
        .collect();
    let at = Instant::now();
    store.add_events(&ada(), &scene.id, &drafts, "import").await.unwrap();
    println!("{name}: add_events of {EVENTS}: {:?}", at.elapsed());
    let views: [(&str, View); 6] = [
        ("everything", View::default()),
        (
            "one year",
            View::default().with(|view| {
                view.range.from = Some(start + 365 * 1440);
                view.range.to = Some(start + 730 * 1440);
            }),
        ),
        ("two words", View::default().with(|view| view.text = "number 77".to_owned())),
        ("a party", View::default().with(|view| view.parties = vec!["red".to_owned()])),
        ("as of", View::default().with(|view| view.as_of = Some(day("2026-01-15")))),
        ("rivals", View::default().with(|view| view.attestations = vec![Attestation::Rival])),
    ];
    for (what, view) in views {
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..11 {
            let at = Instant::now();
            found = store.events(&scene.id, &view).await.unwrap().len();
            times.push(at.elapsed());
        }
        times.sort();
        println!("{name}: events, {what} ({found}): best {:?}, median {:?}", times[0], times[5]);
    }
    let at = Instant::now();
    store.disputes(&Reader::Program, "dispute").await.unwrap();
    println!("{name}: disputes: {:?}", at.elapsed());
    let first = store.events(&scene.id, &View::default()).await.unwrap().remove(0);
    let at = Instant::now();
    for _ in 0..100 {
        store.event(&scene.id, &first.id).await.unwrap();
    }
    println!("{name}: event: {:?}", at.elapsed() / 100);
    let at = Instant::now();
    for draft in &drafts[..100] {
        store.add_event(&ada(), &scene.id, draft, "").await.unwrap();
    }
    println!("{name}: add_event: {:?}", at.elapsed() / 100);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures"]
async fn speed_of_sqlite() {
    measured("sqlite", Home::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures"]
async fn speed_of_postgres() {
    measured("postgres", Home::postgres()).await;
}
