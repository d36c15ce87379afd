//! Serves the timeline by itself, without a database, to look at and to measure.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)]

use chrono::NaiveDate;
use impasse_app::components::timeline::{
    PanelFrame, TimelineFrame, cluster_panel, event_panel, timeline, timeline_window,
};
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
    EventDate::parse(text).unwrap_or_else(|_| EventDate::day(NaiveDate::default()))
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

/// Events from a file of the browser benchmark: start,end,title,description,party,kind.
fn imported(file: &str) -> (Vec<Party>, Vec<EventBrief>, Vec<Position>) {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let names = ["Claimant", "Respondent", "Tribunal", "Contractor", "Bank", "Regulator"];
    let parties = names.iter().zip(0..).map(|(name, nth)| party(nth, &name.to_lowercase(), name)).collect();
    let events = text
        .lines()
        .skip(1)
        .enumerate()
        .map(|(nth, line)| {
            let fields: Vec<&str> = line.split(',').collect();
            let (start, end, title) = (fields[0], fields[1], fields[2]);
            let who = names.iter().position(|name| title.starts_with(name)).unwrap_or(0);
            let edtf =
                if end.is_empty() { start.to_owned() } else { format!("{}/{}", &start[..10], &end[..10]) };
            brief(nth, &edtf, title, Kind::Other, Attestation::Uncited, Importance::Normal, &[who as i64])
        })
        .collect();
    (parties, events, Vec::new())
}

fn panel(events: &[EventBrief], parties: &[Party], view: &View, id: &str) -> Option<PanelFrame> {
    let brief = events.iter().find(|event| event.id.0 == id)?;
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
        passage: Passage {
            exact: exact.into(),
            prefix: String::new(),
            suffix: String::new(),
            start: 0,
            end: 10,
        },
        attribution: Attribution {
            kind: AttributionKind::OnRecord,
            wording: "Pentagon officials".into(),
            count: None,
        },
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
    Some(PanelFrame {
        slug: "demo".into(),
        event,
        articles: vec![article],
        parties: parties.to_vec(),
        view: view.clone(),
    })
}

type Data = (Vec<Party>, Vec<EventBrief>, Vec<Position>);

fn frame(data: &Data, query: &str) -> (TimelineFrame, String) {
    let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let lane = pairs
        .iter()
        .find(|(name, _)| *name == "lane")
        .map(|(_, lane)| (*lane).to_owned())
        .unwrap_or_default();
    let (view, _) = View::read(pairs);
    let (parties, events, positions) = data.clone();
    let total = events.len();
    let events: Vec<EventBrief> = events
        .into_iter()
        .filter(|event| view.attestations.is_empty() || view.attestations.contains(&event.attestation))
        .collect();
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
        total,
        parties,
        positions,
        view,
        events: events.into(),
        today: NaiveDate::from_ymd_opt(2026, 2, 20).unwrap_or_default(),
    };
    (frame, lane)
}

fn draw(view: impl FnOnce() -> AnyView) -> String {
    let owner =
        Owner::new_root(Some(std::sync::Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let html = owner.with(|| view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

fn answer(data: &Data, target: &str) -> (&'static str, Vec<u8>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let file = |name: &str| std::fs::read(name).unwrap_or_default();
    let style = |name: &str| file(&format!("{}/../style/{name}", env!("CARGO_MANIFEST_DIR")));
    let (frame, lane) = frame(data, query);
    let html = match path {
        "/style.css" => return ("text/css", [style("tokens.css"), style("timeline.css")].concat()),
        "/app.js" => return ("text/javascript", file("/tmp/tl/pkg/app.js")),
        "/app_bg.wasm" => return ("application/wasm", file("/tmp/tl/pkg/app_bg.wasm")),
        "/d/demo/window" => draw(|| timeline_window(&frame)),
        "/d/demo/cluster" => draw(|| cluster_panel(&frame, lane.parse().unwrap_or(0))),
        "/d/demo" => {
            let open = frame
                .view
                .event
                .as_ref()
                .and_then(|id| panel(&frame.events, &frame.parties, &frame.view, id));
            let body = draw(|| timeline(&frame, open.as_ref()));
            format!(
                "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
                 <title>Timeline</title><link rel=stylesheet href=/style.css><link rel=icon href=data:,>\
                 <style>body{{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 var(--sans)}}main{{max-width:80rem;margin:auto;padding:1rem}}.skip{{position:absolute;left:-99rem}}h1{{font:600 2rem var(--serif)}}a{{color:var(--accent)}}</style>\
                 <script type=module>import init,{{hydrate}} from '/app.js'; await init({{module_or_path:'/app_bg.wasm'}}); hydrate();</script>\
                 <main><h1>Safeguards on military AI</h1>{body}</main>"
            )
        }
        path => match path.strip_prefix("/d/demo/events/").and_then(|tail| tail.strip_suffix("/panel")) {
            Some(id) => match panel(&frame.events, &frame.parties, &frame.view, id) {
                Some(open) => draw(|| event_panel(&open)),
                None => String::new(),
            },
            None => String::new(),
        },
    };
    ("text/html; charset=utf-8", html.into_bytes())
}

/// `timeline_page PORT demo|COUNT|FILE` serves the timeline on that port, to look at and to measure.
fn main() -> std::io::Result<()> {
    use std::io::{BufRead, BufReader, Write};
    let arguments: Vec<String> = std::env::args().collect();
    let port = arguments.get(1).cloned().unwrap_or_default();
    let what = arguments.get(2).cloned().unwrap_or_else(|| "demo".to_owned());
    let data = match what.parse() {
        Ok(count) => many(count),
        Err(_) if what == "demo" => demo(),
        Err(_) => imported(&what),
    };
    let data = std::sync::Arc::new(data);
    for stream in std::net::TcpListener::bind(format!("127.0.0.1:{port}"))?.incoming() {
        let (mut stream, data) = (stream?, data.clone());
        std::thread::spawn(move || {
            let mut lines = BufReader::new(&stream).lines();
            let Some(Ok(first)) = lines.next() else { return };
            for _ in lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())) {}
            let target = first.split(' ').nth(1).unwrap_or("/").to_owned();
            let (kind, body) = answer(&data, &target);
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        });
    }
    Ok(())
}
