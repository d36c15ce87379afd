//! Writes a page with the timeline to a file, to look at: `timeline_page FILE demo|COUNT [QUERY]`.

use chrono::NaiveDate;
use impasse_app::components::timeline::{PanelFrame, TimelineFrame, timeline};
use impasse_app::model::article::{Article, Passage};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{Dispute, Party, PartyKind, Position, Status};
use impasse_app::model::event::{
    Attestation, Attribution, AttributionKind, Citation, Event, EventParty, Importance, Kind, Phase, Role,
};
use impasse_app::model::view::View;
use impasse_app::store::EventBrief;
use leptos::prelude::*;

fn date(text: &str) -> EventDate {
    EventDate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn party(nth: i64, key: &str, name: &str) -> Party {
    Party {
        id: format!("p{nth}").into(),
        key: key.into(),
        name: name.into(),
        aliases: Vec::new(),
        kind: PartyKind::Other,
        place: nth,
    }
}

fn brief(
    nth: usize,
    edtf: &str,
    title: &str,
    kind: Kind,
    attestation: Attestation,
    importance: Importance,
    parties: &[i64],
) -> EventBrief {
    EventBrief {
        id: format!("e{nth}").into(),
        date: date(edtf),
        title: title.into(),
        kind,
        phase: Phase::Done,
        importance,
        sequence: 0,
        parties: parties
            .iter()
            .map(|nth| EventParty { party: format!("p{nth}").into(), role: Role::Actor })
            .collect(),
        attestation,
        known_from: NaiveDate::from_ymd_opt(2026, 1, 29),
        citations: 1,
        publishers: vec!["Example Wire".into()],
    }
}

fn demo() -> (Vec<Party>, Vec<EventBrief>, Vec<Position>) {
    use Attestation::{Record, Reported, Rival, Several, Uncited, Unnamed};
    use Importance::{Major, Minor, Normal};
    let parties = vec![
        party(0, "dod", "Department of Defense"),
        party(1, "anthropic", "Anthropic"),
        party(2, "wh", "Trump administration"),
    ];
    let events = vec![
        brief(0, "2025-09~", "Company refuses surveillance use", Kind::Statement, Unnamed, Normal, &[1]),
        brief(
            1,
            "2025-12-01/..",
            "Administration renames the department",
            Kind::Other,
            Reported,
            Minor,
            &[2, 0],
        ),
        brief(
            2,
            "2026-01~/2026-01-29",
            "Contract talks over usage safeguards",
            Kind::Negotiation,
            Reported,
            Major,
            &[0, 1],
        ),
        brief(3, "2026-01-09", "AI strategy memo issued", Kind::Memo, Record, Major, &[0]),
        brief(
            4,
            "[2026-01-12..2026-01-24]",
            "Offer of partial carve-outs",
            Kind::Contract,
            Several,
            Normal,
            &[1, 0],
        ),
        brief(5, "2026-01-20?", "Internal review ordered", Kind::Report, Rival, Normal, &[0]),
        brief(6, "2026-01-29", "Talks reported stalled", Kind::Report, Reported, Major, &[0, 1]),
        brief(7, "2026-01-29", "Anthropic says talks are productive", Kind::Statement, Record, Normal, &[1]),
        brief(8, "2026-01-29", "Department does not respond", Kind::Statement, Uncited, Minor, &[0]),
    ];
    let position = |nth: i64, party: i64, edtf: &str, text: &str| Position {
        id: format!("o{nth}").into(),
        party: format!("p{party}").into(),
        statement: text.into(),
        date: date(edtf),
        source: None,
    };
    let positions = vec![
        position(0, 0, "2026-01-09/..", "Any lawful use, whatever the company's policy"),
        position(1, 1, "2025-09/..", "No autonomous targeting, no domestic surveillance"),
    ];
    (parties, events, positions)
}

fn many(count: usize) -> (Vec<Party>, Vec<EventBrief>, Vec<Position>) {
    let names = ["Claimant", "Respondent", "Tribunal", "Contractor", "Bank", "Regulator"];
    let parties = names.iter().zip(0..).map(|(name, nth)| party(nth, &name.to_lowercase(), name)).collect();
    let mut state = 1_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let titles = [
        "sends notice of delay",
        "rejects the payment schedule",
        "signs settlement offer for the north section",
        "requests expert opinion",
        "amends termination letter after the deadline",
        "confirms minutes of the meeting",
    ];
    let start = NaiveDate::from_ymd_opt(2014, 1, 1).unwrap_or_default();
    let mut drawn: Vec<(NaiveDate, u64, u64, usize)> = (0..count)
        .map(|_| {
            let burst = next(12) * 300;
            let day = if next(3) > 0 { burst + next(40) * next(4) } else { next(3640) };
            (start + chrono::Days::new(day), next(4), next(6), next(6) as usize)
        })
        .collect();
    drawn.sort();
    let events = drawn
        .into_iter()
        .enumerate()
        .map(|(nth, (day, long, who, what))| {
            let edtf = if long == 0 {
                format!("{day}/{}", day + chrono::Days::new(next(60) + 1))
            } else {
                day.to_string()
            };
            let name = names[who as usize];
            let importance = match next(20) {
                0 => Importance::Major,
                1..=5 => Importance::Minor,
                _ => Importance::Normal,
            };
            let attestation = Attestation::ALL[next(6) as usize];
            brief(
                nth,
                &edtf,
                &format!("{name} {}", titles[what]),
                Kind::ALL[next(10) as usize],
                attestation,
                importance,
                &[who as i64],
            )
        })
        .collect();
    (parties, events, Vec::new())
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, file, what, rest @ ..] = arguments.as_slice() else {
        panic!("timeline_page FILE demo|COUNT [QUERY]")
    };
    let (parties, events, positions) =
        if what == "demo" { demo() } else { many(what.parse().unwrap_or(1000)) };
    let query = rest.first().cloned().unwrap_or_default();
    let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let (view, _) = View::read(pairs);
    let events: Vec<EventBrief> = events
        .into_iter()
        .filter(|event| view.attestations.is_empty() || view.attestations.contains(&event.attestation))
        .collect();
    let panel = view.event.as_ref().and_then(|id| events.iter().find(|event| event.id.0 == *id)).map(|brief| {
        let article = Article {
            id: "a1".into(),
            url: Some("https://example.org/story".into()),
            publisher: "Example Wire".into(),
            title: "Talks stall".into(),
            byline: String::new(),
            published: NaiveDate::from_ymd_opt(2026, 1, 29),
            retrieved: chrono::DateTime::UNIX_EPOCH,
            hash: String::new(),
        };
        let exact = "have argued that federal forces should be able to deploy commercial AI technology irrespective of firms’ internal usage policies";
        let citation = |nth: usize, given: Option<&str>| Citation {
            id: format!("c{nth}").into(),
            article: "a1".into(),
            passage: Passage { exact: exact.into(), prefix: String::new(), suffix: String::new(), start: 0, end: 10 },
            attribution: Attribution { kind: AttributionKind::OnRecord, wording: "Pentagon officials".into(), count: None },
            date: given.map(date),
        };
        let event = Event {
            id: brief.id.clone(),
            date: brief.date.clone().with_printed(Some("dated January 9".into())),
            title: brief.title.clone(),
            description: "A Defense Department memo on AI strategy, cited by officials in the dispute.".into(),
            kind: brief.kind,
            phase: brief.phase,
            importance: brief.importance,
            sequence: 0,
            parties: brief.parties.clone(),
            citations: vec![citation(0, None), citation(1, Some("2026-02-12"))],
            version: 1,
            created: chrono::DateTime::UNIX_EPOCH,
            updated: chrono::DateTime::UNIX_EPOCH,
        };
        PanelFrame { slug: "demo".into(), event, articles: vec![article], parties: parties.clone(), view: view.clone() }
    });
    let frame = TimelineFrame {
        dispute: Dispute {
            id: "d".into(),
            slug: "demo".into(),
            title: "Safeguards on military AI".into(),
            summary: String::new(),
            question: String::new(),
            status: Status::Stalled,
            inclusion_rule: String::new(),
            version: 1,
            revision: 1,
        },
        total: events.len(),
        parties,
        positions,
        view,
        events,
        today: NaiveDate::from_ymd_opt(2026, 2, 20).unwrap_or_default(),
    };
    let owner = Owner::new();
    let body = owner.with(|| timeline(&frame, panel.as_ref()).to_html());
    let html = format!(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>Timeline</title><link rel=stylesheet href=/tmp/wt/timeline/style/tokens.css><link rel=stylesheet href=/tmp/wt/timeline/style/timeline.css>\
         <style>body{{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 var(--sans)}}main{{max-width:80rem;margin:auto;padding:1rem}}.skip{{position:absolute;left:-99rem}}h1{{font:600 2rem var(--serif)}}</style>\
         <main><h1>Safeguards on military AI</h1>{body}</main>"
    );
    std::fs::write(file, html).unwrap_or_else(|error| panic!("{file}: {error}"));
}
