//! Handing views on, through the router: frozen links, frames for other sites, previews, what machines are told.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in helpers as well")]

mod site;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use impasse_app::model::event::{EventDraft, Importance, Kind, Phase};
use impasse_app::model::id::DisputeId;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_server::settings::Settings;
use impasse_tests::{Form, Page};

use site::{DEMO, Site, text};

/// What a reader without an account is given.
async fn read(site: &Site, path: &str) -> Response {
    let request = Request::builder().uri(path).header(header::HOST, "e.org");
    site.send(request.body(Body::empty()).unwrap()).await
}

async fn page(site: &Site, path: &str) -> Page {
    let answer = read(site, path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    Page::new(&text(answer).await)
}

async fn location(answer: Response) -> String {
    assert!(answer.status().is_redirection(), "{}", text(answer).await);
    answer.headers()[header::LOCATION].to_str().unwrap().to_owned()
}

/// Freezes a view; gives the code of the link.
async fn freeze(site: &Site, form: &str) -> String {
    let to = location(site.post(&format!("{DEMO}/links"), form).await).await;
    to.split("link=").nth(1).unwrap().split('#').next().unwrap().to_owned()
}

async fn demo(site: &Site) -> DisputeId {
    site.server.store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0.id
}

fn drafted(nth: usize) -> EventDraft {
    EventDraft {
        date: Some(impasse_app::model::date::EventDate::parse("2026-01-20").unwrap()),
        title: format!("Later edit {nth}"),
        description: String::new(),
        kind: Kind::Memo,
        phase: Phase::Done,
        importance: Importance::Major,
        sequence: 0,
        due: None,
        step_of: None,
        parties: Vec::new(),
        citations: Vec::new(),
    }
}

#[tokio::test]
async fn a_frozen_link_shows_the_same_after_fifty_edits() {
    let site = Site::new(Settings::default()).await;
    let code = freeze(&site, "view=%3Fkind%3Dmemo%2Cstatement%26layout%3Dlist").await;
    let address = location(read(&site, &format!("/s/{code}")).await).await;
    assert_eq!(address, format!("/s/{code}/view?kind=memo,statement&layout=list"));
    let before = page(&site, &address).await;
    assert!(before.text("main").contains("AI strategy memo issued"));

    let (store, id) = (site.server.store.clone(), demo(&site).await);
    let by = Actor::system();
    let mut events = store.events(&id, &View::default()).await.unwrap();
    for nth in 0..50 {
        match nth % 3 {
            0 => drop(store.add_event(&by, &id, &drafted(nth), "").await.unwrap()),
            1 => {
                let event = store.event(&id, &events[nth % events.len()].id).await.unwrap();
                let mut draft = EventDraft::from(event.clone());
                draft.title = format!("{} once more", draft.title);
                store.change_event(&by, &id, &event.id, event.version, &draft, "").await.unwrap();
            }
            _ if events.len() > 3 => {
                let event = store.event(&id, &events.remove(0).id).await.unwrap();
                store.delete_event(&by, &id, &event.id, event.version, "").await.unwrap();
            }
            _ => drop(store.add_event(&by, &id, &drafted(nth), "").await.unwrap()),
        }
    }
    let after = page(&site, &address).await;
    assert_eq!(after.text("#view"), before.text("#view"));
    assert!(!after.text("main").contains("Later edit"));
    // In every layout, and the parts that its script fetches.
    for query in ["", "?layout=story", "?layout=table", "?party=anthropic"] {
        let frozen = page(&site, &format!("/s/{code}/view{query}")).await.text("#view");
        assert!(!frozen.contains("Later edit") && !frozen.contains("once more"), "{query}: {frozen}");
    }
    let window =
        text(read(&site, &format!("/s/{code}/view/window?from=2020-01-01&to=2030-01-01")).await).await;
    assert!(window.contains("AI strategy memo issued") && !window.contains("Later edit"), "{window}");
    let live = page(&site, &format!("{DEMO}?kind=memo,statement&layout=list")).await;
    assert!(live.text("main").contains("Later edit"), "the dispute itself has moved on");
    // It says what it is, and leads to what is there now.
    assert!(before.text(".frozen").contains("Frozen on"), "{}", before.text(".frozen"));
    assert_eq!(before.attribute(".frozen a", "href"), format!("{DEMO}?kind=memo,statement&layout=list"));
}

#[tokio::test]
async fn a_link_that_was_taken_back_is_gone() {
    let site = Site::new(Settings::default()).await;
    let code = freeze(&site, "view=").await;
    assert_eq!(location(read(&site, &format!("/s/{code}")).await).await, format!("/s/{code}/view"));
    // Only who may edit takes it back.
    let revoke = format!("{DEMO}/links/{code}/revoke");
    let request = Request::builder().method("POST").uri(&revoke).header(header::HOST, "e.org");
    let refused = site.send(request.body(Body::empty()).unwrap()).await;
    assert!(location(refused).await.starts_with("/sign-in"));
    location(site.post(&revoke, "").await).await;
    for path in ["", "/view", "/view/window", "/embed", "/preview.png"] {
        assert_eq!(read(&site, &format!("/s/{code}{path}")).await.status(), StatusCode::GONE, "{path}");
    }
    for path in ["/s/nothing", "/s/nothing/view", "/s/nothing/preview.png", "/s/nothing/embed"] {
        assert_eq!(read(&site, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_link_ends_on_its_day() {
    let site = Site::new(Settings::default()).await;
    let answer = site.post(&format!("{DEMO}/links"), "view=&expires=2020-01-01").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = Page::new(&text(answer).await);
    assert_eq!(page.message_at("expires").as_deref(), Some("This day is over. Choose today or later."));
    let answer = site.post(&format!("{DEMO}/links"), "view=%3Fkind%3Dgossip").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let code = freeze(&site, "view=&expires=2999-12-31").await;
    assert_eq!(read(&site, &format!("/s/{code}/view")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn readers_without_an_account_may_freeze() {
    let site = Site::new(Settings::default()).await;
    let sent = || {
        Request::builder()
            .method("POST")
            .uri(format!("{DEMO}/links"))
            .header(header::HOST, "e.org")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("view=%3Flayout%3Dlist"))
            .unwrap()
    };
    let first = location(site.send(sent()).await).await;
    assert_eq!(first, location(site.send(sent()).await).await, "the same view twice is one link");
    let share = page(&site, first.split('#').next().unwrap()).await;
    assert!(share.attribute("#frozen-link", "value").starts_with("http://e.org/s/"));
    assert!(!share.text("main").contains("Take back"), "who reads does not take back");
}

#[tokio::test]
async fn frames_are_for_every_site_and_know_nobody() {
    let site = Site::new(Settings::default()).await;
    let path = "/embed/pentagon-anthropic";
    let answer = site.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.ends_with("frame-ancestors *") && policy.contains("default-src 'none'"), "{policy}");
    assert!(!answer.headers().contains_key(header::SET_COOKIE));
    let embedded = Page::new(&text(answer).await);
    assert!(!embedded.text("body").contains("Ada"), "not even who is signed in");
    assert!(embedded.text("body").contains("AI strategy memo issued"));
    assert_eq!(embedded.attribute(".embed-head a", "target"), "_blank");
    // Its own addresses keep within the frame, with the colours that were asked for.
    let dark = page(&site, &format!("{path}?layout=list&theme=dark")).await;
    assert_eq!(dark.attribute("html", "data-theme"), "dark");
    for href in dark.attributes("#view .tl-layouts a, #view nav a", "href") {
        if href.starts_with("/embed") {
            assert!(href.contains("theme=dark"), "{href}");
        }
    }
    let messy = location(read(&site, &format!("{path}?theme=dark&x=1&layout=list")).await).await;
    assert_eq!(messy, format!("{path}?layout=list&theme=dark"));
    let policy = read(&site, DEMO).await;
    let policy = policy.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.ends_with("frame-ancestors 'none'"), "pages for readers stand in no frame: {policy}");
}

#[tokio::test]
async fn oembed_gives_the_frame() {
    let site = Site::new(Settings::default()).await;
    let found = page(&site, DEMO).await;
    let link = found.attribute("link[type='application/json+oembed']", "href");
    let path = link.strip_prefix("http://e.org").unwrap();
    let answer = read(&site, path).await;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
    let said: serde_json::Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!((said["version"].as_str(), said["type"].as_str()), (Some("1.0"), Some("rich")));
    let html = said["html"].as_str().unwrap();
    assert!(html.contains("src=\"http://e.org/embed/pentagon-anthropic\""), "{html}");
    assert!(said["width"].is_number() && said["height"].is_number());
    let small = format!("/oembed?maxwidth=300&maxheight=200&url=http://e.org{DEMO}?layout=list");
    let said: serde_json::Value = serde_json::from_str(&text(read(&site, &small).await).await).unwrap();
    assert_eq!((said["width"].as_i64(), said["height"].as_i64()), (Some(300), Some(200)));
    let xml = found.attribute("link[type='text/xml+oembed']", "href");
    let xml = text(read(&site, xml.strip_prefix("http://e.org").unwrap()).await).await;
    assert!(xml.contains("<type>rich</type>") && xml.contains("&lt;iframe"), "{xml}");
    for (query, status) in [
        ("url=http://elsewhere.org/d/pentagon-anthropic", 404),
        ("url=http://e.org/d/nothing", 404),
        ("url=http://e.org/", 404),
        ("url=nonsense", 404),
        ("", 404),
        ("url=http://e.org/d/pentagon-anthropic&format=yaml", 501),
    ] {
        assert_eq!(read(&site, &format!("/oembed?{query}")).await.status().as_u16(), status, "{query}");
    }
}

#[tokio::test]
async fn every_view_has_a_preview_of_its_own() {
    let site = Site::new(Settings::default()).await;
    let mut images = Vec::new();
    for query in ["", "?kind=memo", "?from=2026-01-01&to=2026-01-31", "?group=none"] {
        let found = page(&site, &format!("{DEMO}{query}")).await;
        let image = found.attribute("meta[property='og:image']", "content");
        assert_eq!(found.attribute("meta[name='twitter:card']", "content"), "summary_large_image");
        let answer = read(&site, image.strip_prefix("http://e.org").unwrap()).await;
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/png", "{query}");
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        // Width and height stand in the first chunk of a PNG.
        assert_eq!(
            (&bytes[16..20], &bytes[20..24]),
            (&1200_u32.to_be_bytes()[..], &630_u32.to_be_bytes()[..])
        );
        assert!(!images.contains(&bytes), "{query} looks like another view");
        images.push(bytes);
    }
    for path in ["/og/nothing.png", "/og/pentagon-anthropic", "/og/pentagon-anthropic.gif"] {
        assert_eq!(read(&site, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let svg = text(read(&site, &format!("{DEMO}.svg")).await).await;
    assert!(svg.starts_with("<svg") && svg.contains("AI strategy memo issued"), "{svg}");
    let pdf = to_bytes(read(&site, &format!("{DEMO}.pdf")).await.into_body(), usize::MAX).await.unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[tokio::test]
async fn machines_are_told_what_pages_say() {
    let site = Site::new(Settings::default()).await;
    let found = page(&site, DEMO).await;
    let list: serde_json::Value =
        serde_json::from_str(&found.text("script[type='application/ld+json']")).unwrap();
    assert_eq!(list["@type"], "ItemList");
    assert_eq!(list["numberOfItems"].as_u64(), Some(7));
    let address = list["itemListElement"][0]["url"].as_str().unwrap();
    let id = demo(&site).await;
    let mut draft = drafted(0);
    draft.title = "</script><script>alert(1)</script>".to_owned();
    let hostile = site.server.store.add_event(&Actor::system(), &id, &draft, "").await.unwrap();
    for path in [address.strip_prefix("http://e.org").unwrap(), &format!("{DEMO}/events/{}", hostile.id)] {
        let found = page(&site, path).await;
        let said: serde_json::Value =
            serde_json::from_str(&found.text("script[type='application/ld+json']")).unwrap();
        assert_eq!(said["@type"], "Event", "{path}");
        assert_eq!(said["@id"], format!("http://e.org{path}"));
        assert!(said["name"].is_string() && said["startDate"].is_string(), "{said}");
        assert!(!found.has("script:not([src]):not([type='application/ld+json'])"), "{path}");
    }
}

#[tokio::test]
async fn pages_are_kept_until_something_is_written() {
    let site = Site::new(Settings::default()).await;
    let first = read(&site, DEMO).await;
    let tag = first.headers()[header::ETAG].clone();
    let first = text(first).await;
    let again = read(&site, DEMO).await;
    assert_eq!(again.headers()[header::ETAG], tag);
    assert_eq!(text(again).await, first);
    let request = Request::builder().uri(DEMO).header(header::HOST, "e.org");
    let known = request.header(header::IF_NONE_MATCH, tag.clone()).body(Body::empty()).unwrap();
    let answer = site.send(known).await;
    assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
    assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    let mine = text(site.get(DEMO).await).await;
    assert!(mine.contains("Ada") && mine != first, "who is signed in is not given what was kept");
    let id = demo(&site).await;
    site.server.store.add_event(&Actor::system(), &id, &drafted(1), "").await.unwrap();
    let fresh = read(&site, DEMO).await;
    assert_ne!(fresh.headers()[header::ETAG], tag);
    assert!(text(fresh).await.contains("Later edit 1"));
    // Another name of the site, another page: its own addresses stand in it.
    let request = Request::builder().uri(DEMO).header(header::HOST, "other.org");
    let other = text(site.send(request.body(Body::empty()).unwrap()).await).await;
    assert!(other.contains("http://other.org/") && !other.contains("http://e.org/"));
}

/// Sends a file to be looked at.
async fn sent(site: &Site, name: &str, content: &str) -> Response {
    let body = format!(
        "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--xYz--\r\n"
    );
    let request = site
        .request("POST", &format!("{DEMO}/import"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xYz");
    site.send(request.body(Body::from(body)).unwrap()).await
}

/// Sends a file that can be read; gives the page.
async fn looked_at(site: &Site, name: &str, content: &str) -> Page {
    let answer = sent(site, name, content).await;
    assert_eq!(answer.status(), StatusCode::OK, "{name}");
    Page::new(&text(answer).await)
}

const TABLE: &str = "date,title,party,quote,publisher,url\n\
    2026-03-01,A letter is sent,Ministry of Ports,\"We ask for an answer\",Herald,https://e.org/letter\n\
    03/04/2026,Unclear,,,,\n\
    2026-03-05,An answer,Anthropic,,,\n";

#[tokio::test]
async fn a_file_is_looked_at_then_imported_once() {
    let site = Site::new(Settings::default()).await;
    let (store, id) = (site.server.store.clone(), demo(&site).await);
    let before = store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0;
    let page = looked_at(&site, "events.csv", TABLE).await;
    let said = page.text("main");
    assert!(said.contains("2 new events") && said.contains("1 have something wrong"), "{said}");
    assert!(
        said.contains("It could be 4 March 2026 or 3 April 2026.")
            || said.contains("It could be 3 April 2026 or 4 March 2026."),
        "both readings: {said}"
    );
    assert!(said.contains("Ministry of Ports"), "{said}");
    assert_eq!(
        store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0,
        before,
        "looking changes nothing"
    );

    let form = page.forms().into_iter().find(|form| form.action.contains("/import/")).unwrap();
    let to = location(site.post(&form.action, "").await).await;
    assert_eq!(to, format!("{DEMO}/import?added=2&changed=0&left=1"));
    let events = store.events(&id, &View::default()).await.unwrap();
    assert_eq!(events.len(), 9);
    let letter = events.iter().find(|event| event.title == "A letter is sent").unwrap();
    assert_eq!((letter.citations, letter.publishers.as_slice()), (1, &["Herald".to_owned()][..]));
    let parties = store.parties(&id).await.unwrap();
    assert_eq!(parties.iter().filter(|party| party.name == "Ministry of Ports").count(), 1);
    assert_eq!(parties.len(), 3, "Anthropic was there already");
    // Gone on with twice, or sent again: nothing is added.
    assert_eq!(site.post(&form.action, "").await.status(), StatusCode::NOT_FOUND);
    let again = looked_at(&site, "events.csv", TABLE).await;
    assert!(again.text("main").contains("2 are there already"), "{}", again.text("main"));
    assert!(!again.has("form[action*='/import/']:not([action$='/columns'])"), "there is nothing to do");
}

/// What a form sends.
fn written(form: &Form) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish()
}

#[tokio::test]
async fn whoever_imports_a_table_says_which_column_holds_what() {
    let site = Site::new(Settings::default()).await;
    let id = demo(&site).await;
    let table = "Wann;Was;Wer;<i>Quelle</i>\n2026-03-01;Ein Brief;Ministry of Ports;https://e.org/brief\n2026-03-05;Antwort;;\n";
    let answer = sent(&site, "ereignisse.csv", table).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = Page::new(&text(answer).await);
    let columns =
        |page: &Page| page.forms().into_iter().find(|form| form.action.ends_with("/columns")).unwrap();
    assert!(page.message_at("column-date").is_some(), "{}", page.text("main"));
    assert!(page.text("table").contains("Ein Brief"), "the first rows are shown");
    assert!(page.message_at("column-title").is_none(), "one thing at a time");

    // Without what is needed it is asked again, and what was chosen stays.
    let form = columns(&page).with("column-title", "1");
    let answer = site.post(&form.action, &written(&form)).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = Page::new(&text(answer).await);
    assert_eq!(page.attribute("#column-title option[selected]", "value"), "1");
    let form = columns(&page)
        .with("column-date", "0")
        .with("column-parties", "2")
        .with("column-source_1_url", "3")
        .with("column-kind", "99");
    let answer = site.post(&form.action, &written(&form)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = Page::new(&text(answer).await);
    assert!(page.text("main").contains("2 new events"), "{}", page.text("main"));
    assert_eq!(page.attribute("#column-kind option[selected]", "value"), "", "there is no such column");
    let go_on = page
        .forms()
        .into_iter()
        .find(|form| !form.action.ends_with("/columns") && form.action.contains("/import/"));
    let to = location(site.post(&go_on.unwrap().action, "").await).await;
    assert_eq!(to, format!("{DEMO}/import?added=2&changed=0&left=0"));
    let events = site.server.store.events(&id, &View::default()).await.unwrap();
    let letter = events.iter().find(|event| event.title == "Ein Brief").unwrap();
    assert_eq!(letter.parties.len(), 1);
    // What is no table has no columns.
    let calendar = looked_at(
        &site,
        "x.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260109\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR\n",
    )
    .await;
    assert!(!calendar.has("details.import-columns"));
}

#[tokio::test]
async fn what_is_exported_is_there_already() {
    let site = Site::new(Settings::default()).await;
    for path in [".json", ".csv", ".ics", "/timelinejs.json", "/timeline.mw"] {
        let file = text(read(&site, &format!("{DEMO}{path}")).await).await;
        let name = path.trim_start_matches(['.', '/']);
        let page = looked_at(&site, &format!("demo.{name}"), &file).await;
        assert!(page.text("main").contains("7 are there already"), "{path}: {}", page.text("main"));
    }
    for (name, content, status) in [("x.json", "{", 422), ("x.exe", "MZ", 422), ("x.csv", "a,b\n1,2\n", 422)]
    {
        let answer = sent(&site, name, content).await;
        assert_eq!(answer.status().as_u16(), status, "{name}");
    }
}

#[tokio::test]
async fn files_honour_the_view_and_say_what_they_lose() {
    let site = Site::new(Settings::default()).await;
    let query = "?kind=memo";
    for path in [
        ".json",
        ".csv",
        ".ics",
        ".md",
        ".docx",
        ".atom",
        ".feed.json",
        ".ftm.json",
        ".svg",
        ".pdf",
        "/timelinejs.json",
        "/timelinejs.csv",
        "/timeline.mw",
    ] {
        let answer = read(&site, &format!("{DEMO}{path}{query}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let said = String::from_utf8_lossy(&bytes);
        if !matches!(path, ".docx" | ".pdf" | ".atom" | ".feed.json") {
            assert!(said.contains("AI strategy memo"), "{path}: {said}");
            assert!(!said.contains("productive"), "{path} has what the view leaves out: {said}");
        }
        let wrong = read(&site, &format!("{DEMO}{path}?kind=gossip")).await;
        assert!(matches!(path, ".svg" | ".pdf") || wrong.status() == StatusCode::BAD_REQUEST, "{path}");
    }
    let share = page(&site, &format!("{DEMO}/share")).await;
    let offered = share.attributes(".offers a", "href");
    assert_eq!(offered.len(), 13, "{offered:?}");
    for href in offered {
        assert_eq!(read(&site, &href).await.status(), StatusCode::OK, "{href}");
    }
    let lost = share.texts(".offers details").join(" ");
    assert!(lost.contains("approximate or uncertain"), "{lost}");
    let twin = page(&site, DEMO).await;
    assert_eq!(
        twin.attribute("link[rel=alternate][type='application/json']", "href"),
        format!("http://e.org{DEMO}.json")
    );
}
