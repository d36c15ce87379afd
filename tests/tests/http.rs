//! The site over HTTP, served by the real binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use impasse_tests::{Answer, Client, Home, Impasse, OWNER, PASSWORD, Request, addresses};

const ARTICLE: &str = include_str!("../../server/src/demo/article.txt");

/// A server on a new SQLite file, and its owner.
fn site(arguments: &[&str]) -> (Home, Impasse, Client) {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, arguments);
    let owner = server.owner();
    (home, server, owner)
}

/// A dispute with two parties.
fn dispute(client: &Client) {
    let typed = client
        .form("/disputes/new", "/disputes/new")
        .with("title", "Grid fees")
        .with("question", "Who pays for the new lines?");
    assert_eq!(client.submit(&typed).expect(303).location(), "/d/grid-fees/parties");
    for (name, aliases, kind) in
        [("Defense Department", "Pentagon, Department of War", "government"), ("Anthropic", "", "company")]
    {
        let typed = client
            .form("/d/grid-fees/parties", "/d/grid-fees/parties")
            .with("name", name)
            .with("aliases", aliases)
            .with("kind", kind);
        assert_eq!(client.submit(&typed).expect(303).location(), "/d/grid-fees/parties");
    }
}

#[test]
fn the_main_job() {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &["--no-demo"]);
    let reader = server.reader();
    assert!(reader.get("/").expect(200).text().contains("There is no dispute here yet"));

    let owner = server.reader();
    let setup = server.setup().expect("a new site has to be set up");
    let account = owner.form(setup, setup).with("name", OWNER).with("password", PASSWORD);
    assert_eq!(owner.submit(&account).expect(303).location(), "/");
    assert_eq!(owner.get("/").expect(200).page().link("New dispute"), "/disputes/new");
    dispute(&owner);
    let parties = owner.get("/d/grid-fees/parties").expect(200).page();
    assert!(parties.text(".rows").contains("also Pentagon, Department of War"));

    let paste = owner
        .form("/d/grid-fees/articles/new", "/d/grid-fees/articles/new")
        .with("title", "At an impasse")
        .with("publisher", "The Example")
        .with("published", "Jan 29, 2026")
        .with("url", "https://news.example.org/1")
        .with("text", ARTICLE);
    let article = owner.submit(&paste).expect(303).location().to_owned();
    let review = owner.get(&article).expect(200).page();
    assert!(review.texts(".card").len() >= 3, "{:?}", review.texts(".card"));
    assert!(review.texts(".card").iter().any(|card| card.contains("dated January 9")));
    assert!(!review.texts(".article-text mark").is_empty(), "quotes are marked in the text");
    let nothing_yet = reader.get("/d/grid-fees").expect(200).page();
    assert!(nothing_yet.texts("[data-bench=mark]").is_empty(), "nothing enters by itself");

    let memo = review
        .attributes(".card", "id")
        .into_iter()
        .find(|id| review.text(&format!("[id='{id}']")).contains("dated January 9"))
        .expect("the memo is among the candidates");
    let accept = review
        .forms()
        .into_iter()
        .find(|form| {
            form.action.ends_with(memo.trim_start_matches("candidate-"))
                && form.value("decision") == Some("accept")
        })
        .expect("it can be accepted");
    owner.submit(&accept).expect(303);
    // Twice sent is once accepted.
    owner.submit(&accept).expect(409);

    let shown = reader.get("/d/grid-fees").expect(200).page();
    assert_eq!(shown.texts("[data-bench=mark]").len(), 1);
    assert_eq!(shown.text("[data-bench=mark] .when"), "9 January 2026");
    let own = owner.get(&article).expect(200).page().link("On the timeline");
    let cited = reader.get(&own).expect(200).page();
    assert!(cited.text("main blockquote").contains("an AI strategy memo of the department dated January 9"));
    assert!(cited.text("main").contains("The Example"));
    assert_eq!(cited.text("dl code"), "2026-01-09");

    let changes = reader.get("/d/grid-fees/history").expect(200).page().texts(".revisions > li");
    assert_eq!(changes.iter().filter(|change| change.contains(OWNER)).count(), changes.len(), "{changes:?}");
    assert!(changes.len() >= 5, "{changes:?}");
}

#[test]
fn what_is_deleted_can_be_brought_back() {
    let (_home, server, owner) = site(&[]);
    let reader = server.reader();
    let id = owner.add_event("pentagon-anthropic", "Hearing", "3 February 2026");
    let page = format!("/d/pentagon-anthropic/events/{id}");
    let delete =
        owner.form(&format!("{page}/edit"), &format!("{page}/delete")).with("delete_reason", "A rumour");
    assert_eq!(owner.submit(&delete).expect(303).location(), format!("{page}/history"));
    reader.get(&page).expect(404);
    assert!(!reader.get("/d/pentagon-anthropic").expect(200).text().contains("Hearing"));
    let history = reader.get(&format!("{page}/history")).expect(200).page();
    assert!(history.text(".revisions > li").contains("A rumour"));
    assert!(history.forms().iter().all(|form| form.action == "/sign-out"), "readers cannot restore");

    let restore = owner.form(&format!("{page}/history"), &format!("{page}/restore"));
    assert_eq!(owner.submit(&restore).expect(303).location(), page);
    assert!(reader.get("/d/pentagon-anthropic").expect(200).text().contains("Hearing"));
    reader.get(&page).expect(200);

    // Back to an earlier state, too.
    let edit = format!("{page}/edit");
    owner.submit(&owner.form(&edit, &edit).with("title", "Hearing, moved")).expect(303);
    let earlier = owner.get(&format!("{page}/history")).expect(200).page();
    let first = earlier
        .forms()
        .into_iter()
        .rfind(|form| form.action.ends_with("/restore"))
        .expect("earlier states are offered");
    owner.submit(&first).expect(303);
    assert_eq!(reader.get(&page).expect(200).page().text("h1"), "Hearing");
}

/// A form with something wrong in it: its address, what is typed, the fields that are wrong.
type Wrong = (String, Vec<(&'static str, String)>, Vec<&'static str>);
/// What is typed into an event's form instead of what is right, and the fields that it makes wrong.
type Change<'a> = (&'a [(&'static str, &'a str)], Vec<&'static str>);

fn wrong_forms(
    event: &str,
    candidate: &str,
    article: &str,
    (waiting, feed, suggestion): (&str, &str, &str),
) -> Vec<Wrong> {
    let d = "/d/pentagon-anthropic";
    let good_event = [
        ("title", "Kept <as> \"typed\""),
        ("date", "9 January 2026"),
        ("kind", "memo"),
        ("phase", "done"),
        ("importance", "major"),
        ("description", "Two lines,\nboth kept & whole"),
    ];
    let with = |pairs: &[(&'static str, &str)], changes: &[(&'static str, &str)]| {
        let mut values: Vec<(&'static str, String)> =
            pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        for (name, value) in changes {
            values.retain(|(other, _)| other != name);
            values.push((*name, (*value).to_owned()));
        }
        values
    };
    let long = "x".repeat(5_001);
    let mut wrong: Vec<Wrong> = vec![
        (
            "/sign-in".into(),
            with(&[], &[("name", "Nobody"), ("password", "wrong"), ("to", "/d/x")]),
            vec!["password"],
        ),
        ("/sign-in".into(), with(&[], &[("name", ""), ("password", "x")]), vec!["name"]),
        (format!("{d}/links"), with(&[], &[("view", "?kind=memo"), ("expires", "soon")]), vec!["expires"]),
        (
            "/account/password".into(),
            with(&[], &[("present", "wrong"), ("password", "short")]),
            vec!["password"],
        ),
        (
            "/account/password".into(),
            with(&[], &[("present", "wrong"), ("password", "long enough, but wrong")]),
            vec!["present"],
        ),
        ("/account/confirm".into(), with(&[], &[("confirm", "wrong")]), vec!["confirm"]),
        (format!("{d}/visibility"), with(&[], &[("visibility", "odd")]), vec!["visibility"]),
        (
            format!("{d}/invitations"),
            with(&[], &[("role", "odd"), ("note", "Kept"), ("days", "0")]),
            vec!["role", "days"],
        ),
        (
            format!("{d}/suggest"),
            with(&good_event, &[("date", "someday"), ("note", "")]),
            vec!["date", "note"],
        ),
        (format!("{d}/suggestions/{suggestion}/edit"), with(&good_event, &[("title", "")]), vec!["title"]),
        (
            "/disputes/new".into(),
            with(&[], &[("title", ""), ("summary", "Kept"), ("status", "open")]),
            vec!["title"],
        ),
        (
            "/disputes/new".into(),
            with(&[], &[("title", "T"), ("slug", "Not A Slug"), ("status", "odd"), ("question", &long)]),
            vec!["slug", "question", "status"],
        ),
        (
            "/disputes/new".into(),
            with(&[], &[("title", "Taken"), ("slug", "pentagon-anthropic"), ("status", "open")]),
            vec!["slug"],
        ),
        (
            format!("{d}/edit"),
            with(&[], &[("title", ""), ("slug", "pentagon-anthropic"), ("status", "open"), ("version", "1")]),
            vec!["title"],
        ),
        (
            format!("{d}/edit"),
            with(
                &[],
                &[("title", "T"), ("slug", "pentagon-anthropic"), ("status", "open"), ("version", "x")],
            ),
            vec!["title"],
        ),
        (
            format!("{d}/parties"),
            with(&[], &[("name", ""), ("aliases", "a, b"), ("kind", "company")]),
            vec!["name"],
        ),
        (
            format!("{d}/parties"),
            with(&[], &[("name", "Other"), ("key", "anthropic"), ("kind", "company")]),
            vec!["key"],
        ),
        (
            format!("{d}/positions"),
            with(&[], &[("party", "nobody"), ("statement", "Kept"), ("date", "someday")]),
            vec!["party", "date"],
        ),
        (
            format!("{d}/positions"),
            with(&[], &[("party", "anthropic"), ("date", "since 2025")]),
            vec!["statement"],
        ),
        (
            format!("{d}/articles/new"),
            with(
                &[],
                &[
                    ("title", "Kept"),
                    ("publisher", ""),
                    ("published", "January 2026"),
                    ("url", "javascript:1"),
                    ("text", " "),
                ],
            ),
            vec!["publisher", "published", "url", "text"],
        ),
        (
            format!("{d}/articles/new"),
            with(
                &[],
                &[("title", "Kept"), ("publisher", "P"), ("published", "03/04/2026"), ("text", "Kept\ntoo")],
            ),
            vec!["published"],
        ),
        (format!("{d}/articles/fetch"), with(&[], &[("address", "e.org/typed")]), vec!["address"]),
        (
            format!("{d}/articles/{waiting}/confirm"),
            with(
                &[],
                &[
                    ("title", ""),
                    ("publisher", "Kept"),
                    ("published", "January"),
                    ("url", "x"),
                    ("text", " "),
                ],
            ),
            vec!["title", "published", "url", "text"],
        ),
        (
            format!("{d}/feeds"),
            with(&[], &[("url", "feed.xml"), ("title", &long), ("any", "***"), ("all", "kept, too")]),
            vec!["url", "title", "any"],
        ),
        (format!("{d}/feeds"), with(&[], &[("url", "http://127.0.0.1:9/")]), vec!["url"]),
        (
            format!("{d}/feeds/{feed}"),
            with(&[], &[("url", ""), ("title", "Kept"), ("none", "!")]),
            vec!["url", "none"],
        ),
        (format!("{d}/webhooks"), with(&[], &[("url", "kept"), ("topic", "event")]), vec!["url"]),
        (
            "/account/tokens".to_owned(),
            with(&[], &[("name", ""), ("scope", "gossip"), ("days", "some")]),
            vec!["name", "scope", "days"],
        ),
    ];
    let changes: [Change<'_>; 8] = [
        (&[("title", "")], vec!["title"]),
        (&[("date", "03/04/2026")], vec!["date"]),
        (&[("date", "the day after")], vec!["date"]),
        (&[("description", &long)], vec!["description"]),
        (&[("kind", "gossip"), ("sequence", "many")], vec!["kind", "sequence"]),
        (&[("quote", "words without an article")], vec!["article"]),
        (
            &[("article", article), ("quote", "words that are not in it"), ("attribution", "unnamed")],
            vec!["quote"],
        ),
        (&[("title", "bell \u{7}")], vec!["title"]),
    ];
    for (change, fields) in changes {
        for path in
            ["events/new".to_owned(), format!("events/{event}/edit"), format!("candidates/{candidate}/edit")]
        {
            let version = if path.starts_with("events/") && path.ends_with("edit") { "1" } else { "" };
            let mut values = with(&good_event, change);
            values.push(("version", version.to_owned()));
            wrong.push((format!("{d}/{path}"), values, fields.clone()));
        }
    }
    wrong
}

#[test]
fn wrong_input_is_refused_at_its_field_and_kept() {
    const CHOICES: [&str; 12] = [
        "kind",
        "phase",
        "importance",
        "status",
        "party",
        "article",
        "attribution",
        "version",
        "scope",
        "topic",
        "role",
        "visibility",
    ];
    let (_home, server, owner) = site(&[]);
    let id = owner.add_event("pentagon-anthropic", "Hearing", "3 February 2026");
    let d = "/d/pentagon-anthropic";
    let paste = owner
        .form(&format!("{d}/articles/new"), &format!("{d}/articles/new"))
        .with("title", "Another")
        .with("publisher", "P")
        .with("published", "2026-02-05")
        .with("text", "On February 3, 2026, the committee published a memo on the talks.");
    let article = owner.submit(&paste).expect(303).location().to_owned();
    let review = owner.get(&article).expect(200).page();
    let candidate = review.attribute(".card", "id").trim_start_matches("candidate-").to_owned();
    let article = article.rsplit('/').next().unwrap_or_default().to_owned();

    // Paused, so that nothing is asked of anybody.
    let feed =
        owner.post(&format!("{d}/feeds"), &[("url", "http://127.0.0.1:9/"), ("paused", "on")]).expect(303);
    let feed = feed.location().rsplit('/').next().unwrap_or_default().to_owned();
    let file = b"The talks went on for weeks, and nobody could say how they would end.";
    let upload = Request::upload(format!("{d}/articles/upload"), "a.txt", file);
    let waiting =
        owner.send(&upload).expect(303).location().rsplit('/').next().unwrap_or_default().to_owned();
    let open = [("visibility", "public"), ("suggestions", "yes")];
    owner.post(&format!("{d}/visibility"), &open).expect(303);
    let suggested =
        [("title", "Vote"), ("date", "4 February 2026"), ("kind", "other"), ("note", "The Gazette")];
    owner.post(&format!("{d}/suggest"), &suggested).expect(303);
    let inbox = owner.get(&format!("{d}/inbox")).expect(200).page();
    let suggestion = inbox.attribute(".suggestions .card", "id").trim_start_matches("suggestion-").to_owned();
    let wrong = wrong_forms(&id, &candidate, &article, (&waiting, &feed, &suggestion));
    let covered = |path: &str| wrong.iter().any(|(address, _, _)| address == path);
    let whole_forms = addresses::forms().into_iter().filter(|address| {
        // These send no more than a decision; what is wrong with it has no field.
        ![
            "/sign-out",
            "/delete",
            "/restore",
            "/setup/{token}",
            "/join/{code}",
            "/people/{id}",
            "/sessions/end",
            "/account/password/remove",
            "/passkeys/{id}/remove",
            "/suggestions/{id}",
            "/candidates/{id}",
            "/inbox",
            "/check",
            "/poll",
            "/pause",
            "/test",
            "/revoke",
        ]
        .iter()
        .any(|end| address.path.ends_with(end))
    });
    for address in whole_forms {
        let path = address.fill(|name| match (name, address.path.contains("candidates")) {
            ("slug", _) => "pentagon-anthropic".to_owned(),
            (_, true) => candidate.clone(),
            _ if address.path.contains("/suggestions/") => suggestion.clone(),
            _ if address.path.contains("/feeds/") => feed.clone(),
            _ if address.path.contains("/articles/") => waiting.clone(),
            _ => id.clone(),
        });
        // These are for sites with a public address and a provider: server/tests/sign_in has wrong input for them.
        if path.contains("passkey") || path.contains("openid") {
            continue;
        }
        // Files are sent in another form; server/tests/sources.rs sends wrong ones.
        let is_file = path.contains("import") || path.contains("upload");
        assert!(covered(&path) || is_file, "{path} has no wrong input yet");
    }

    for (address, values, fields) in &wrong {
        let typed: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = owner.post(address, &typed);
        assert_eq!(answer.status, 422, "{address} {values:?}");
        let page = answer.page();
        let kept = page.form(address);
        for field in fields {
            let message = page.message_at(field);
            assert!(message.is_some_and(|message| message.len() > 10), "{address}: no message at {field}");
            assert!(page.has(&format!("[role=alert] a[href='#{field}']")), "{address}: no link to {field}");
            assert!(page.has(&format!("[id='{field}']")), "{address}: the link to {field} leads nowhere");
        }
        for (name, value) in typed
            .iter()
            .filter(|(name, _)| !CHOICES.contains(name) && !["password", "present", "confirm"].contains(name))
        {
            assert_eq!(kept.value(name), Some(*value), "{address}: {name} is not kept");
        }
        assert!(!answer.text().contains("value=\"wrong\""), "passwords are not sent back");

        let problem = owner.send(&Request::form(address, values).json()).expect(422);
        assert_eq!(problem.header("content-type"), Some("application/problem+json"));
        let problem = problem.json();
        assert_eq!(problem["status"], 422);
        let named: Vec<&str> =
            problem["errors"].as_array().into_iter().flatten().filter_map(|e| e["field"].as_str()).collect();
        for field in fields {
            assert!(named.contains(field), "{address}: {problem}");
        }
    }

    // Nothing of it all was kept.
    let history = server.reader().get(&format!("{d}/history")).expect(200).text();
    assert!(!history.contains("typed"), "{history}");
    for (path, values) in [
        (format!("{d}/candidates/{candidate}"), &[("decision", "perhaps")][..]),
        (format!("{d}/candidates/{candidate}"), &[]),
        (format!("{d}/inbox"), &[("decision", "perhaps")]),
        (format!("{d}/inbox"), &[("decision", "undo"), ("batch", "yesterday")]),
        (format!("{d}/events/{id}/delete"), &[("version", "x")]),
        (format!("{d}/events/{id}/restore"), &[("revision", "x")]),
        (format!("{d}/restore"), &[]),
        (format!("{d}/restore"), &[("revision", "x")]),
    ] {
        let page = owner.post(&path, values).expect(422).page();
        assert!(!page.text("h1").is_empty());
        let json = owner.send(&Request::form(&path, values).json()).expect(422);
        assert_eq!(json.json()["title"], "Unprocessable Entity");
    }
    owner.post(&format!("{d}/events/{id}/delete"), &[("version", "99")]).expect(409);
    owner.post(&format!("{d}/events/{id}/restore"), &[("revision", "999999")]).expect(404);
}

#[test]
fn an_unclear_date_is_settled_by_choosing_a_reading() {
    let (_home, _server, owner) = site(&[]);
    let path = "/d/pentagon-anthropic/events/new";
    let typed = owner.form(path, path).with("title", "Vote").with("date", "03/04/2026");
    let refused = owner.submit(&typed).expect(422).page();
    assert_eq!(refused.attributes("input[name=date_reading]", "value"), ["2026-04-03", "2026-03-04"]);
    let chosen = refused.form(path).with("date_reading", "2026-04-03");
    owner.submit(&chosen).expect(303);
    assert!(owner.get("/d/pentagon-anthropic").expect(200).text().contains("3 April 2026"));
}

#[test]
fn other_sites_cannot_send_forms() {
    let (_home, _server, owner) = site(&[]);
    for address in addresses::forms() {
        let path = address.fill(|name| if name == "slug" { "pentagon-anthropic" } else { "x" }.to_owned());
        for site in ["cross-site", "same-site"] {
            let request = Request::form(&path, &[("title", "x")]).header("sec-fetch-site", site);
            assert_eq!(owner.send(&request).status, 403, "{path} from {site}");
        }
        let origin = Request::new("POST", &path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://evil.example");
        assert_eq!(owner.send(&origin).status, 403, "{path} from another origin");
    }
    // A link from elsewhere is not a form.
    let link = Request::new("GET", "/").header("sec-fetch-site", "cross-site");
    assert_eq!(owner.send(&link).status, 200);
}

#[test]
fn reading_is_public_and_writing_is_not() {
    let (_home, server, owner) = site(&[]);
    let reader = server.reader();
    let d = "/d/pentagon-anthropic";
    let id = owner.add_event("pentagon-anthropic", "Hearing", "3 February 2026");
    for path in [
        "/".to_owned(),
        d.to_owned(),
        format!("{d}?layout=list"),
        format!("{d}?layout=story"),
        format!("{d}?layout=table"),
        format!("{d}?event={id}"),
        format!("{d}/history"),
        format!("{d}/history?of=dispute"),
        format!("{d}/corrections"),
        format!("{d}/method"),
        format!("{d}/articles"),
        format!("{d}/events/{id}"),
        format!("{d}/events/{id}/history"),
        "/sign-in".to_owned(),
        "/healthz".to_owned(),
        "/readyz".to_owned(),
    ] {
        reader.get(&path).expect(200);
    }
    let articles = owner.get(&format!("{d}/articles")).expect(200).page();
    let article = articles.link("Read and review");
    for path in [
        "/disputes/new".to_owned(),
        format!("{d}/edit"),
        format!("{d}/parties"),
        format!("{d}/positions"),
        format!("{d}/inbox"),
        format!("{d}/articles/new"),
        article,
        format!("{d}/events/new"),
        format!("{d}/events/{id}/edit"),
    ] {
        let back = reader.get(&path).expect(303).location().to_owned();
        assert!(back.starts_with("/sign-in?to="), "{back}");
        let page = reader.get(&back).expect(200).page();
        assert_eq!(page.form("/sign-in").value("to"), Some(path.as_str()), "signing in leads back");
        let json = reader.send(&Request::new("GET", &path).json()).expect(401);
        assert_eq!(json.json()["status"], 401);
    }
    for address in addresses::forms() {
        // Whoever may read may freeze what they read.
        let for_readers = [
            "/sign-in",
            "/sign-in/passkey",
            "/sign-in/passkey/start",
            "/sign-out",
            "/setup/{token}",
            "/join/{code}",
            "/d/{slug}/links",
            "/d/{slug}/suggest",
        ];
        if for_readers.contains(&address.path.as_str()) {
            continue;
        }
        let path =
            address.fill(|name| if name == "slug" { "pentagon-anthropic".to_owned() } else { id.clone() });
        let answer = reader.post(&path, &[("title", "x"), ("decision", "accept"), ("version", "1")]);
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.location().starts_with("/sign-in"), "{path}");
        let json = Request::form(&path, &[("title", "x")]).json();
        assert_eq!(reader.send(&json).status, 401, "{path}");
    }
    reader.get(&format!("{d}/events/{id}")).expect(200);

    // An account that was not set up as owner may write but not delete a dispute.
    let outside = server.reader();
    outside.hold_cookie("impasse", "made-up");
    outside.get("/disputes/new").expect(303);
    owner.post("/sign-out", &[]).expect(303);
    assert_eq!(owner.cookie("impasse"), None);
    owner.get("/disputes/new").expect(303);
}

#[test]
fn a_signed_out_session_is_over_for_its_cookie_too() {
    let (_home, server, owner) = site(&[]);
    let token = owner.cookie("impasse").expect("signed in");
    let thief = server.reader();
    thief.hold_cookie("impasse", &token);
    thief.get("/disputes/new").expect(200);
    owner.post("/sign-out", &[]).expect(303);
    thief.get("/disputes/new").expect(303);
}

#[test]
fn only_the_owner_deletes_a_dispute() {
    let (home, server, owner) = site(&[]);
    assert!(home.run(&["user", "add", "Second"], "quite another password\n").status.success());
    let second = server.reader();
    second.post("/sign-in", &[("name", "Second"), ("password", "quite another password")]).expect(303);
    second.post("/d/pentagon-anthropic/delete", &[]).expect(403);
    server.reader().get("/d/pentagon-anthropic").expect(200);
    owner.post("/d/pentagon-anthropic/delete", &[]).expect(303);
    server.reader().get("/d/pentagon-anthropic").expect(404);
}

#[test]
fn signing_in_leads_nowhere_else() {
    let (_home, server, _owner) = site(&[]);
    let sign_in = |to: &str| {
        let values = [("name", OWNER), ("password", PASSWORD), ("to", to)];
        server.reader().post("/sign-in", &values).expect(303).location().to_owned()
    };
    assert_eq!(sign_in("/d/pentagon-anthropic?layout=list"), "/d/pentagon-anthropic?layout=list");
    for to in ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", ""] {
        assert_eq!(sign_in(to), "/", "{to:?}");
    }
}

#[test]
fn every_answer_carries_the_security_headers() {
    let (_home, server, owner) = site(&[]);
    let home = owner.get("/").expect(200);
    let style = home.page().attribute("link[rel=stylesheet]", "href");
    let json = |path: &str| owner.send(&Request::new("GET", path).json());
    let answers: Vec<(u16, Answer)> = vec![
        (200, home),
        (200, owner.get(&style)),
        (200, owner.get("/favicon.svg")),
        (200, owner.get("/healthz")),
        (303, owner.get("/d/pentagon-anthropic?layout=timeline")),
        (303, server.reader().get("/disputes/new")),
        (400, owner.get("/d/pentagon-anthropic?from=soon")),
        (404, owner.get("/nothing")),
        (404, json("/nothing")),
        (405, owner.send(&Request::new("DELETE", "/sign-in"))),
        (
            403,
            owner.send(&Request::form("/sign-in", &[("name", "x")]).header("sec-fetch-site", "cross-site")),
        ),
        (422, owner.post("/disputes/new", &[("title", "")])),
        (413, owner.post("/disputes/new", &[("title", &"x".repeat(3 << 20))])),
        (
            415,
            owner.send(
                &Request::form("/disputes/new", &[("title", "x")]).header("content-type", "text/plain"),
            ),
        ),
    ];
    for (status, answer) in answers {
        let answer = answer.expect(status);
        let policy =
            answer.header("content-security-policy").unwrap_or_else(|| panic!("{status} without a policy"));
        let scripts =
            policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap_or_default();
        assert!(!scripts.contains("'unsafe-inline'") && !scripts.contains("'unsafe-eval'"), "{scripts}");
        for needed in
            ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
        {
            assert!(policy.contains(needed), "{status}: {policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{status}");
        assert!(answer.header("referrer-policy").is_some(), "{status}");
        assert!(answer.header("x-request-id").is_some(), "{status}");
        assert!(answer.header("server").is_none(), "{status}");
    }
}

#[test]
fn only_what_strangers_read_shares_their_browsers_process() {
    let (_home, server, owner) = site(&[]);
    let reader = server.reader();
    let opener = |answer: &Answer| answer.header("cross-origin-opener-policy").map(ToOwned::to_owned);
    for path in
        ["/", "/d/pentagon-anthropic", "/d/pentagon-anthropic?layout=list", "/d/pentagon-anthropic/method"]
    {
        assert_eq!(opener(&reader.get(path).expect(200)).as_deref(), Some("unsafe-none"), "{path}");
        assert_eq!(opener(&owner.get(path).expect(200)).as_deref(), Some("same-origin"), "{path}");
    }
    for (status, path) in [(200, "/sign-in"), (303, "/account"), (404, "/d/none"), (200, "/healthz")] {
        assert_eq!(opener(&reader.get(path).expect(status)).as_deref(), Some("same-origin"), "{path}");
    }
}

#[test]
fn cookies_are_for_this_site_alone() {
    let cookie = |server: &Impasse, name: &str| {
        let client = server.reader();
        let setup = server.setup().expect("a set-up address");
        let setup = setup.split_once("/setup/").map_or(setup, |(_, token)| token).to_owned();
        let answer =
            client.post(&format!("/setup/{setup}"), &[("name", OWNER), ("password", PASSWORD)]).expect(303);
        client.get("/disputes/new").expect(200);
        let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
        assert!(cookie.starts_with(&format!("{name}=")), "{cookie}");
        for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        cookie
    };
    let home = Home::sqlite();
    let plain = cookie(&Impasse::start_with(&home, &["--no-demo"]), "impasse");
    assert!(!plain.contains("Secure"), "{plain}");
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &["--no-demo", "--public-url", "https://timelines.example.org"]);
    let secure = cookie(&server, "__Host-impasse");
    assert!(secure.contains("; Secure"), "{secure}");
    let shared = server.reader().get("/").expect(200).page();
    assert_eq!(shared.attribute("link[rel=canonical]", "href"), "https://timelines.example.org/");
}

#[test]
fn the_set_up_address_works_once() {
    let home = Home::sqlite();
    let mut server = Impasse::start_with(&home, &["--no-demo"]);
    let setup = server.setup().expect("a set-up address").to_owned();
    let client = server.reader();
    client.get("/setup/made-up").expect(404);
    client.post("/setup/made-up", &[("name", "Thief"), ("password", PASSWORD)]).expect(404);
    let page = client.get(&setup).expect(200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let short = client.post(&setup, &[("name", "Olga & <Co>"), ("password", "short")]).expect(422);
    assert_eq!(short.page().form(&setup).value("name"), Some("Olga & <Co>"));
    assert!(short.page().message_at("password").is_some());
    client.post(&setup, &[("name", OWNER), ("password", PASSWORD)]).expect(303);
    let late = server.reader();
    late.get(&setup).expect(404);
    late.post(&setup, &[("name", "Thief"), ("password", PASSWORD)]).expect(404);
    assert!(!server.log().contains(setup.trim_start_matches("/setup/")), "the token is not logged");

    assert!(server.stop().success(), "it stops when asked to");
    let server = Impasse::start_with(&home, &["--no-demo"]);
    assert_eq!(server.setup(), None);
    server.sign_in().get("/disputes/new").expect(200);
}

#[test]
fn addresses_have_one_spelling_and_say_what_is_wrong_with_them() {
    let (_home, server, _owner) = site(&[]);
    let reader = server.reader();
    let d = "/d/pentagon-anthropic";
    let redirect = |query: &str| reader.get(&format!("{d}?{query}")).expect(303).location().to_owned();
    assert_eq!(
        redirect("kind=statement&kind=memo&q=&layout=timeline&to=2026-01-31&from=2026-01-01"),
        format!("{d}?from=2026-01-01&to=2026-01-31&kind=memo,statement")
    );
    reader.get(&format!("{d}?from=2026-01-01&to=2026-01-31&kind=memo,statement")).expect(200);
    for (query, said) in [
        ("from=soon", "2026-01-09"),
        ("layout=cube", "cube"),
        ("kind=gossip", "gossip"),
        ("from=2026-01-01&to=2025-01-01", "before its beginning"),
    ] {
        let page = reader.get(&format!("{d}?{query}")).expect(400).page();
        assert!(page.text("main").contains(said), "{query}");
        assert!(page.texts("[data-bench=mark]").len() >= 5, "the rest of the page is there");
    }
}

#[test]
fn a_request_that_stops_half_way_is_given_up() {
    let home = Home::sqlite();
    let server = Impasse::start_with(&home, &["--no-demo", "--request-timeout", "1"]);
    let reader = server.reader();
    let half = Request::form("/sign-in", &[("name", "x")]).header("content-length", "500");
    let answer = reader.send(&half).expect(408);
    assert!(!answer.page().text("h1").is_empty());
    reader.get("/").expect(200);
}

#[test]
fn answers_are_the_same_from_postgres() {
    let home = Home::postgres();
    let mut server = Impasse::start(&home);
    let owner = server.owner();
    let id = owner.add_event("pentagon-anthropic", "Hearing", "3 February 2026");
    let page = format!("/d/pentagon-anthropic/events/{id}");
    let edit = format!("{page}/edit");
    let stale = owner.form(&edit, &edit);
    owner.submit(&stale.clone().with("title", "Hearing held")).expect(303);
    owner.submit(&stale.with("title", "Hearing off")).expect(409);
    assert!(server.stop().success());
    let server = Impasse::start(&home);
    let reader = server.reader();
    assert_eq!(reader.get(&page).expect(200).page().text("h1"), "Hearing held");
    let marks = reader.get("/d/pentagon-anthropic").expect(200).page().texts("[data-bench=mark]");
    assert_eq!(marks.len(), 8, "{marks:?}");
}
