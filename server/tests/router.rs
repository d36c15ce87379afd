//! The site through its router, over a real SQLite file and without a socket: what every address promises.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in helpers as well")]

#[path = "router/deadlines.rs"]
mod deadlines;
mod site;
#[path = "router/steps.rs"]
mod steps;

use axum::body::Body;
use axum::http::{StatusCode, header};
use impasse_app::model::role::Reader;
use impasse_server::password;
use impasse_server::settings::Settings;

use site::{DEMO, Site, text};

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let site = Site::new(Settings::default()).await;
    for (path, status) in
        [("/", 200), (DEMO, 200), ("/nothing", 404), ("/healthz", 200), ("/d/Not%20a%20slug", 404)]
    {
        let answer = site.get(path).await;
        assert_eq!(answer.status().as_u16(), status, "{path}");
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"), "{path}: {policy}");
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn a_view_has_one_spelling() {
    let site = Site::new(Settings::default()).await;
    let answer = site.get(&format!("{DEMO}?layout=list&kind=statement&kind=memo&q=&utm_source=x")).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let canonical = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert_eq!(canonical, format!("{DEMO}?kind=memo,statement&layout=list"));
    let page = site.get(&canonical).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = text(page).await;
    assert!(page.contains("AI strategy memo issued"), "the memo is shown");
    assert!(!page.contains("Contract talks"), "what the filter leaves out is not");
}

#[tokio::test]
async fn parameters_that_cannot_be_read_are_named() {
    let site = Site::new(Settings::default()).await;
    let answer = site.get(&format!("{DEMO}?kind=gossip&from=soon")).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let page = text(answer).await;
    assert!(page.contains("“gossip” is not one of the choices."), "{page}");
    assert!(page.contains("Write the day as 2026-01-09."), "{page}");
    assert!(page.contains("Contract talks"), "the rest of the page is there");
}

#[tokio::test]
async fn a_wrong_form_comes_back_with_what_was_typed() {
    let site = Site::new(Settings::default()).await;
    let path = format!("{DEMO}/events/new");
    let typed =
        "title=A+%3Cb%3Etitle&date=03%2F04%2F2026&kind=memo&phase=done&importance=major&description=kept";
    let answer = site.post(&path, typed).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("id=\"date-error\""), "{page}");
    assert!(page.contains("value=\"2026-03-04\"") && page.contains("value=\"2026-04-03\""), "both readings");
    assert!(page.contains("kept</textarea>") && !page.contains("<b>title"), "{page}");

    let request = site
        .request("POST", &path)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = site.send(request.body(Body::from(typed)).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
    let problem: serde_json::Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!(problem["status"], 422);
    assert_eq!(problem["errors"][0]["field"], "date");
}

#[tokio::test]
async fn only_who_is_signed_in_writes() {
    let mut site = Site::new(Settings::default()).await;
    site.cookie.clear();
    for path in [
        format!("{DEMO}/events/new"),
        format!("{DEMO}/articles/new"),
        format!("{DEMO}/edit"),
        format!("{DEMO}/delete"),
        "/disputes/new".to_owned(),
    ] {
        let answer = site.post(&path, "title=x").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        let to = answer.headers()[header::LOCATION].to_str().unwrap();
        assert!(to.starts_with("/sign-in?to=%2F"), "{path}: {to}");
    }
    let request = site.request("POST", "/disputes/new").header(header::ACCEPT, "application/json");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    // Other people's articles are not published here.
    let store = &site.server.store;
    let dispute = store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0;
    let article = store.articles(&dispute.id).await.unwrap().remove(0);
    let answer = site.get(&format!("{DEMO}/articles/{}", article.id)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let site = Site::new(Settings::default()).await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.org")] {
        let request = site.request("POST", &format!("{DEMO}/delete")).header(name, value);
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}");
    }
    assert!(
        site.server.store.dispute(&Reader::Program, "pentagon-anthropic").await.is_ok(),
        "the dispute is still there"
    );
}

#[tokio::test]
async fn behind_tls_cookies_are_bound_to_it() {
    let settings = Settings { public_url: Some("https://e.org".to_owned()), ..Settings::default() };
    let site = Site::new(settings).await;
    for part in ["__Host-impasse=", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/"] {
        assert!(site.cookie.contains(part), "{part}: {}", site.cookie);
    }
    assert_eq!(site.get(&format!("{DEMO}/events/new")).await.status(), StatusCode::OK);
    let out = site.post("/sign-out", "").await;
    assert!(out.headers()[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(
        site.get(&format!("{DEMO}/events/new")).await.status(),
        StatusCode::SEE_OTHER,
        "the session has ended"
    );
}

#[tokio::test]
async fn behind_tls_browsers_stay_there() {
    let settings = Settings { public_url: Some("https://e.org".to_owned()), ..Settings::default() };
    let site = Site::new(settings).await;
    for path in ["/", DEMO, "/nothing", "/api/v1/disputes"] {
        let answer = site.get(path).await;
        assert_eq!(answer.headers()[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000", "{path}");
    }
    let plain = Site::new(Settings::default()).await;
    assert!(!plain.get("/").await.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn answers_of_the_api_are_files_of_one_name() {
    let site = Site::new(Settings::default()).await;
    for path in ["/api/v1/disputes", "/api/v1/nothing", "/api/v1/disputes/x;/setup.bat"] {
        let answer = site.get(path).await;
        assert_eq!(
            answer.headers()[header::CONTENT_DISPOSITION],
            "attachment; filename=\"api.json\"",
            "{path}"
        );
    }
    let reference = site.get("/api").await;
    assert!(!reference.headers().contains_key(header::CONTENT_DISPOSITION), "a page is looked at");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let mut site = Site::new(Settings::default()).await;
    let form = "name=ada&password=correct+horse+battery";
    let here = std::mem::take(&mut site.cookie);
    let elsewhere = site.post("/sign-in", form).await.headers()[header::SET_COOKIE].clone();
    site.cookie = here;
    assert_ne!(site.cookie, elsewhere.to_str().unwrap(), "each sign-in has a token of its own");
    let wrong = site.post("/account/password", "present=guessed&password=another+long+one").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let path = format!("{DEMO}/events/new");
    assert_eq!(site.get(&path).await.status(), StatusCode::OK);
    let right = "present=correct+horse+battery&password=another+long+one";
    let changed = site.post("/account/password", right).await;
    assert_eq!(changed.status(), StatusCode::SEE_OTHER);
    let here = changed.headers()[header::SET_COOKIE].clone();
    for (cookie, status) in [(&elsewhere, StatusCode::SEE_OTHER), (&here, StatusCode::OK)] {
        site.cookie = cookie.to_str().unwrap().to_owned();
        assert_eq!(site.get(&path).await.status(), status);
    }
}

#[tokio::test]
async fn the_set_up_address_works_once() {
    let site = Site::new(Settings::default()).await;
    *site.server.setup.lock().unwrap() = Some(password::sha256("token"));
    assert_eq!(site.get("/setup/other").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(site.get("/setup/token").await.headers()[header::CACHE_CONTROL], "no-store");
    let short = site.post("/setup/token", "name=Bea&password=short").await;
    assert_eq!(short.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(short).await;
    assert!(page.contains("value=\"Bea\"") && !page.contains("value=\"short\""), "{page}");
    let made = site.post("/setup/token", "name=Bea&password=a+long+password").await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        site.post("/setup/token", "name=Cleo&password=a+long+password").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_second_editor_is_shown_the_difference() {
    let site = Site::new(Settings::default()).await;
    let store = &site.server.store;
    let dispute = store.dispute(&Reader::Program, "pentagon-anthropic").await.unwrap().0;
    let events = store.events(&dispute.id, &impasse_app::model::view::View::default()).await.unwrap();
    let memo = events.iter().find(|event| event.title.contains("memo")).unwrap();
    let path = format!("{DEMO}/events/{}/edit", memo.id);
    let form = |title: &str| {
        format!(
            "version=1&title={title}&date=2026-01-09&kind=memo&phase=done&importance=major&party-defense-department=actor"
        )
    };
    assert_eq!(site.post(&path, &form("First")).await.status(), StatusCode::SEE_OTHER);
    let second = site.post(&path, &form("Second")).await;
    assert_eq!(second.status(), StatusCode::CONFLICT);
    let page = text(second).await;
    assert!(page.contains("Ada saved this event while you were editing"), "{page}");
    for (value, words) in [("there", "First"), ("yours", "Second")] {
        let choice = format!("name=\"pick-title\" value=\"{value}\"");
        let shown = page.split_once(&choice).is_some_and(|(_, rest)| {
            rest.split("</label>").next().is_some_and(|label| label.contains(words))
        });
        assert!(shown, "{value}: {page}");
    }
    assert!(page.contains("name=\"version\" value=\"2\"") && page.contains("value=\"Second\""), "{page}");
}

#[tokio::test]
async fn a_deleted_dispute_is_brought_back_whole() {
    let site = Site::new(Settings::default()).await;
    let answer = site.post(&format!("{DEMO}/delete"), "").await;
    let home = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert_eq!(site.get(DEMO).await.status(), StatusCode::NOT_FOUND);
    let page = text(site.get(&home).await).await;
    assert!(page.contains("The dispute was deleted."), "{page}");
    let id = home.split('=').next_back().unwrap();
    let back = site.post("/disputes/restore", &format!("id={id}")).await;
    assert_eq!(back.headers()[header::LOCATION], DEMO);
    assert!(text(site.get(DEMO).await).await.contains("Contract talks"));
}

/// What level 2 of ASVS 4.0.3 asks for in the chapters that SECURITY.md goes through: chapter, section, and the numbers
/// within it. Those that the standard has deleted, and those of level 3, are left out.
const ASKED: [(u8, u8, &[u8]); 25] = [
    (3, 1, &[1]),
    (3, 2, &[1, 2, 3, 4]),
    (3, 3, &[1, 2, 3, 4]),
    (3, 4, &[1, 2, 3, 4, 5]),
    (3, 5, &[1, 2, 3]),
    (3, 7, &[1]),
    (4, 1, &[1, 2, 3, 5]),
    (4, 2, &[1, 2]),
    (4, 3, &[1, 2, 3]),
    (5, 1, &[1, 2, 3, 4, 5]),
    (5, 2, &[1, 2, 3, 4, 5, 6, 7, 8]),
    (5, 3, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    (5, 4, &[1, 2, 3]),
    (5, 5, &[1, 2, 3, 4]),
    (12, 1, &[1, 2, 3]),
    (12, 2, &[1]),
    (12, 3, &[1, 2, 3, 4, 5, 6]),
    (12, 4, &[1, 2]),
    (12, 5, &[1, 2]),
    (12, 6, &[1]),
    (14, 1, &[1, 2, 3, 4]),
    (14, 2, &[1, 2, 3, 4, 5, 6]),
    (14, 3, &[2, 3]),
    (14, 4, &[1, 2, 3, 4, 5, 6, 7]),
    (14, 5, &[1, 2, 3, 4]),
];

#[test]
fn the_security_page_names_tests_that_there_are() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut named = 0;
    for reference in page.split('`').skip(1).step_by(2) {
        let Some((file, name)) = reference.split_once("::") else { continue };
        let source = std::fs::read_to_string(root.join(file));
        let source = source.unwrap_or_else(|error| panic!("SECURITY.md names {file}: {error}"));
        assert!(source.contains(&format!("fn {name}(")), "SECURITY.md names {name}, which is not in {file}");
        named += 1;
    }
    assert!(named > 60, "only {named} tests are named");
    let rows: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()).collect();
    let numbers: Vec<&str> =
        rows.into_iter().filter(|row| row.starts_with(|c: char| c.is_ascii_digit())).collect();
    let asked = ASKED.iter().flat_map(|(chapter, section, numbers)| {
        numbers.iter().map(move |number| format!("{chapter}.{section}.{number}"))
    });
    assert_eq!(numbers, asked.collect::<Vec<_>>(), "each requirement has its line");
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [first, _, met, how] = cells.as_slice() else { panic!("four cells: {line}") };
        if first.ends_with(|c: char| c.is_ascii_digit()) {
            assert!(["yes", "in part", "no", "n/a"].contains(met) && how.len() > 10, "{line}");
        }
    }
}
