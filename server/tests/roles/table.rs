//! Role by action by visibility.

use axum::http::{StatusCode, header};
use axum::response::Response;
use impasse_app::model::role::{Role, Visibility};
use impasse_server::api;
use serde_json::Value;

use crate::{Home, Person, Site};

/// What is at each address below `/d/{slug}`, and who may have it. What is named in braces stands for something in the
/// dispute; nothing has these names, so that what is let through finds nothing, and changes nothing.
const PAGES: &[(&str, Role)] = &[
    ("", Role::Viewer),
    (".atom", Role::Viewer),
    (".csv", Role::Viewer),
    (".docx", Role::Viewer),
    (".feed.json", Role::Viewer),
    (".ftm.json", Role::Viewer),
    (".ics", Role::Viewer),
    (".json", Role::Viewer),
    (".md", Role::Viewer),
    (".pdf", Role::Viewer),
    (".svg", Role::Viewer),
    ("/articles", Role::Viewer),
    ("/articles/new", Role::Contributor),
    ("/articles/{id}", Role::Contributor),
    ("/articles/{id}/history", Role::Viewer),
    ("/at/{id}", Role::Viewer),
    ("/at/{id}/events/{id}/panel", Role::Viewer),
    ("/at/{id}/window", Role::Viewer),
    ("/candidates/{id}/edit", Role::Reviewer),
    ("/cluster", Role::Viewer),
    ("/corrections", Role::Viewer),
    ("/edit", Role::Editor),
    ("/events/new", Role::Editor),
    ("/events/{id}", Role::Viewer),
    ("/events/{id}/edit", Role::Editor),
    ("/events/{id}/history", Role::Viewer),
    ("/events/{id}/panel", Role::Viewer),
    ("/feeds", Role::Editor),
    ("/feeds.opml", Role::Editor),
    ("/feeds/{id}", Role::Editor),
    ("/history", Role::Viewer),
    ("/import", Role::Editor),
    ("/inbox", Role::Reviewer),
    ("/live", Role::Viewer),
    ("/method", Role::Viewer),
    ("/parties", Role::Editor),
    ("/parties/{id}/history", Role::Viewer),
    ("/people", Role::Owner),
    ("/positions", Role::Editor),
    ("/positions/{id}/history", Role::Viewer),
    ("/print", Role::Viewer),
    ("/search", Role::Viewer),
    ("/share", Role::Viewer),
    ("/suggest", Role::Viewer),
    ("/suggest/thanks", Role::Viewer),
    ("/suggestions/{id}/edit", Role::Reviewer),
    ("/timeline.mw", Role::Viewer),
    ("/timelinejs.csv", Role::Viewer),
    ("/timelinejs.json", Role::Viewer),
    ("/webhooks", Role::Owner),
    ("/webhooks/{id}", Role::Owner),
    ("/window", Role::Viewer),
    ("/work", Role::Contributor),
    ("/work/stream", Role::Contributor),
];

const CHANGES: &[(&str, Role)] = &[
    ("/articles/fetch", Role::Contributor),
    ("/articles/new", Role::Contributor),
    ("/articles/upload", Role::Contributor),
    ("/articles/{id}/check", Role::Editor),
    ("/articles/{id}/confirm", Role::Contributor),
    ("/articles/{id}/delete", Role::Editor),
    ("/articles/{id}/restore", Role::Editor),
    ("/candidates/{id}", Role::Reviewer),
    ("/candidates/{id}/edit", Role::Reviewer),
    ("/delete", Role::Owner),
    ("/edit", Role::Editor),
    ("/events/new", Role::Editor),
    ("/events/{id}/check", Role::Editor),
    ("/events/{id}/delete", Role::Editor),
    ("/events/{id}/edit", Role::Editor),
    ("/events/{id}/restore", Role::Editor),
    ("/feeds", Role::Editor),
    ("/feeds/import", Role::Editor),
    ("/feeds/{id}", Role::Editor),
    ("/feeds/{id}/delete", Role::Editor),
    ("/feeds/{id}/pause", Role::Editor),
    ("/feeds/{id}/poll", Role::Editor),
    ("/import", Role::Editor),
    ("/import/{id}", Role::Editor),
    ("/import/{id}/columns", Role::Editor),
    ("/inbox", Role::Reviewer),
    ("/invitations", Role::Owner),
    ("/invitations/{id}/revoke", Role::Owner),
    // Of a private dispute, an editor.
    ("/links", Role::Viewer),
    ("/links/{code}/revoke", Role::Editor),
    ("/parties", Role::Editor),
    ("/parties/{id}/delete", Role::Editor),
    ("/parties/{id}/restore", Role::Editor),
    ("/people/{id}", Role::Owner),
    ("/positions", Role::Editor),
    ("/positions/{id}/delete", Role::Editor),
    ("/positions/{id}/restore", Role::Editor),
    ("/restore", Role::Editor),
    ("/suggest", Role::Viewer),
    ("/suggestions/{id}", Role::Reviewer),
    ("/suggestions/{id}/edit", Role::Reviewer),
    ("/visibility", Role::Owner),
    ("/webhooks", Role::Owner),
    ("/webhooks/{id}/delete", Role::Owner),
    ("/webhooks/{id}/pause", Role::Owner),
    ("/webhooks/{id}/test", Role::Owner),
];

/// What each call of the API about a dispute needs besides the scope of its token; those that everybody may make who
/// may read the dispute are left out.
const CALLS: &[(&str, Role)] = &[
    ("accept_candidate", Role::Reviewer),
    ("accept_suggestion", Role::Reviewer),
    ("change_dispute", Role::Editor),
    ("change_event", Role::Editor),
    ("change_feed", Role::Editor),
    ("change_party", Role::Editor),
    ("change_position", Role::Editor),
    ("change_webhook", Role::Owner),
    ("check_article", Role::Editor),
    ("check_event", Role::Editor),
    ("confirm_article", Role::Contributor),
    ("create_article", Role::Contributor),
    ("create_event", Role::Editor),
    ("create_feed", Role::Editor),
    ("create_invitation", Role::Owner),
    ("create_party", Role::Editor),
    ("create_position", Role::Editor),
    ("create_webhook", Role::Owner),
    ("decide_candidates", Role::Reviewer),
    ("decide_suggestion", Role::Reviewer),
    ("delete_article", Role::Editor),
    ("delete_dispute", Role::Owner),
    ("delete_event", Role::Editor),
    ("delete_feed", Role::Editor),
    ("delete_party", Role::Editor),
    ("delete_position", Role::Editor),
    ("delete_webhook", Role::Owner),
    ("fetch_article", Role::Contributor),
    ("get_article", Role::Contributor),
    ("get_candidate", Role::Reviewer),
    ("get_feed", Role::Editor),
    ("get_link", Role::Editor),
    ("get_suggestion", Role::Reviewer),
    ("get_webhook", Role::Owner),
    ("list_candidates", Role::Reviewer),
    ("list_deliveries", Role::Owner),
    ("list_feed_entries", Role::Editor),
    ("list_feeds", Role::Editor),
    ("list_invitations", Role::Owner),
    ("list_jobs", Role::Contributor),
    ("list_links", Role::Editor),
    ("list_members", Role::Owner),
    ("list_suggestions", Role::Reviewer),
    ("list_webhooks", Role::Owner),
    ("merge_candidate", Role::Reviewer),
    ("poll_feed", Role::Editor),
    ("remove_member", Role::Owner),
    ("restore_article", Role::Editor),
    ("restore_event", Role::Editor),
    ("restore_party", Role::Editor),
    ("restore_position", Role::Editor),
    ("revoke_invitation", Role::Owner),
    ("revoke_link", Role::Editor),
    ("set_member", Role::Owner),
    ("set_visibility", Role::Owner),
    ("test_webhook", Role::Owner),
    ("upload_articles", Role::Contributor),
];

/// What an answer must be: not there for who may not know of the dispute, a way to sign in for who has no account, a
/// refusal for who has too low a role; and for everybody else anything but those.
fn judge(answer: &Response, who: &Person, visibility: Visibility, needed: Role, cell: &str) {
    let status = answer.status();
    let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap());
    let signs_in = status == StatusCode::UNAUTHORIZED || to.is_some_and(|to| to.starts_with("/sign-in"));
    match who.may(visibility) {
        None => assert_eq!(status, StatusCode::NOT_FOUND, "{cell}"),
        Some(role) if role >= needed => assert!(
            !signs_in && status != StatusCode::FORBIDDEN && !status.is_server_error(),
            "{cell}: {status}"
        ),
        Some(_) if who.has_account => assert_eq!(status, StatusCode::FORBIDDEN, "{cell}"),
        Some(_) => assert!(signs_in, "{cell}: {status}"),
    }
}

/// Every address below `/d/{slug}` that the sources know.
fn addresses() -> (Vec<String>, Vec<String>) {
    let (mut pages, mut changes) = (Vec::new(), Vec::new());
    for route in include_str!("../../src/web/mod.rs").split(".route(\"/d/{slug}").skip(1) {
        let (path, handlers) = route.split_once('"').unwrap();
        let handlers = handlers.split('\n').next().unwrap();
        if handlers.contains("get(") {
            pages.push(path.to_owned());
        }
        if handlers.contains("post(") {
            changes.push(path.to_owned());
        }
    }
    for line in include_str!("../../../app/src/pages/mod.rs").lines() {
        let Some(parts) = line.trim().strip_prefix("[\"d\", slug") else { continue };
        let parts = parts.split(']').next().unwrap();
        if parts.contains('@') {
            pages.extend(["/window", "/cluster"].map(str::to_owned));
            continue;
        }
        let parts = parts.split(',').skip(1).map(|part| match part.trim().strip_prefix('"') {
            Some(word) => format!("/{}", word.trim_end_matches('"')),
            None => "/{id}".to_owned(),
        });
        pages.push(parts.collect());
    }
    (pages, changes)
}

pub(crate) async fn the_site_lets_through_who_may(home: Home) {
    let (pages, changes) = addresses();
    for (found, table) in [(&pages, PAGES), (&changes, CHANGES)] {
        for path in found {
            assert!(table.iter().any(|(known, _)| known == path), "{path} is not in the table");
        }
    }
    let site = Site::new(home).await;
    for &visibility in Visibility::ALL {
        let slug = site.demo(visibility).await.slug;
        for who in &site.people {
            for &(path, needed) in PAGES {
                let path = format!("/d/{slug}{}", path.replace("{id}", "x"));
                let answer = site.send(site.on_site(who, "GET", &path), "").await;
                let cell = format!("GET {path} by {} ({visibility:?})", who.name);
                judge(&answer, who, visibility, needed, &cell);
                // A cluster is asked for by what is in it.
                let is_named = path.contains("/x") || path.ends_with("/cluster");
                if !is_named && who.may(visibility) >= Some(needed) {
                    let usual = answer.status().is_success() || answer.status() == StatusCode::BAD_REQUEST;
                    assert!(usual, "{cell}: {}", answer.status());
                }
            }
            for &(path, needed) in CHANGES {
                let is_end = path == "/delete" && who.may(visibility) >= Some(Role::Owner);
                if is_end {
                    continue;
                }
                let is_handed_on = path == "/links" && visibility == Visibility::Private;
                let needed = if is_handed_on { Role::Editor } else { needed };
                let path = format!("/d/{slug}{}", path.replace("{id}", "x").replace("{code}", "x"));
                let kind = "application/x-www-form-urlencoded";
                let request = site.on_site(who, "POST", &path).header(header::CONTENT_TYPE, kind);
                let answer = site.send(request, "nothing=").await;
                judge(
                    &answer,
                    who,
                    visibility,
                    needed,
                    &format!("POST {path} by {} ({visibility:?})", who.name),
                );
            }
            for path in [
                "/og/{slug}.png",
                "/embed/{slug}",
                "/embed/{slug}/window",
                "/oembed?url=http%3A%2F%2Fe.org%2Fd%2F{slug}",
            ] {
                // Frames know nobody, so that nobody sees in them what only some may.
                let known = if path.starts_with("/embed") { site.person("anyone") } else { who };
                let path = path.replace("{slug}", &slug);
                let answer = site.send(site.on_site(who, "GET", &path), "").await;
                judge(&answer, known, visibility, Role::Viewer, &format!("{path} by {}", who.name));
            }
        }
    }
}

pub(crate) async fn the_api_lets_through_who_may(home: Home) {
    let site = Site::new(home).await;
    let document: Value = serde_json::from_str(api::openapi()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            // It is asked for by the identifier, and tried below.
            if path.contains("{dispute}") && id != "restore_dispute" {
                let needs_token =
                    operation["security"].as_array().unwrap().iter().all(|one| one != &serde_json::json!({}));
                operations.push((path.clone(), method.to_uppercase(), id, needs_token));
            }
        }
    }
    for (name, _) in CALLS {
        assert!(operations.iter().any(|(_, _, id, _)| id == name), "there is no {name}");
    }
    for &visibility in Visibility::ALL {
        let slug = site.demo(visibility).await.slug;
        for who in &site.people {
            for (path, method, id, needs_token) in &operations {
                let needed =
                    CALLS.iter().find(|(name, _)| name == id).map_or(Role::Viewer, |(_, role)| *role);
                let is_handed_on = id == "create_link" && visibility == Visibility::Private;
                let needed = if is_handed_on { Role::Editor } else { needed };
                if id == "delete_dispute" && who.may(visibility) >= Some(needed) {
                    continue;
                }
                let path = path.replace("{dispute}", &slug).replace("{id}", "x");
                let request = site
                    .in_api(who, method, &path)
                    .header(header::CONTENT_TYPE, "application/json")
                    .header(header::IF_MATCH, "*");
                let answer = site.send(request, "[]").await;
                let cell = format!("{id} by {} ({visibility:?})", who.name);
                if *needs_token && !who.has_account {
                    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{cell}");
                } else {
                    judge(&answer, who, visibility, needed, &cell);
                }
            }
        }
    }
}

pub(crate) async fn owners_delete_and_bring_back(home: Home) {
    let site = Site::new(home).await;
    for name in ["owner", "admin"] {
        let who = site.person(name).clone();
        let dispute = site.demo(Visibility::Private).await;
        let path = format!("/d/{}", dispute.slug);
        let kind = "application/x-www-form-urlencoded";
        let post =
            |who: &Person, path: &str| site.on_site(who, "POST", path).header(header::CONTENT_TYPE, kind);
        let answer = site.send(post(&who, &format!("{path}/delete")), "").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let back = format!("id={}", dispute.id);
        for (other, status) in [("anyone", 303), ("stranger", 404), ("viewer", 403), ("editor", 403)] {
            let answer = site.send(post(site.person(other), "/disputes/restore"), back.clone()).await;
            assert_eq!(answer.status(), status, "{other}");
            let request =
                site.in_api(site.person(other), "POST", &format!("/api/v1/disputes/{}/restore", dispute.id));
            let status = if other == "anyone" { 401 } else { status };
            assert_eq!(site.send(request, "").await.status(), status, "{other}");
        }
        assert_eq!(site.send(site.on_site(&who, "GET", &path), "").await.status(), StatusCode::NOT_FOUND);
        let answer = site.send(post(&who, "/disputes/restore"), back).await;
        assert_eq!(answer.headers()[header::LOCATION], path);
        assert_eq!(site.send(site.on_site(&who, "GET", &path), "").await.status(), StatusCode::OK);
    }
}

pub(crate) async fn only_who_looks_after_the_site_sees_how_it_does(home: Home) {
    let site = Site::new(home).await;
    for who in &site.people {
        let answer = site.send(site.on_site(who, "GET", "/admin"), "").await;
        let status = answer.status();
        match (who.has_account, who.is_admin) {
            (false, _) => assert_eq!(status, StatusCode::SEE_OTHER, "{who:?}"),
            (true, false) => assert_eq!(status, StatusCode::FORBIDDEN, "{who:?}"),
            (true, true) => {
                let (status, text) = crate::whole(answer).await;
                assert_eq!(status, StatusCode::OK);
                assert!(text.contains("stranger") && text.contains("Every feed was read"), "{text}");
            }
        }
    }
}
