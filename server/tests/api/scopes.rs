//! Who may do what, and how often.

use axum::body::Body;
use axum::http::{Request, header};
use impasse_app::model::access::Scope;
use impasse_server::settings::Settings;
use impasse_server::{api, password};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{Api, DEMO, Home, an_event, token};

/// Each operation of the document, asked for with each scope and without: whether it is let in is what the document
/// says. It is asked about things that are not there, so that nothing changes.
pub(crate) async fn each_action_needs_its_scope(home: Home) {
    let site = Api::new(home).await;
    let document: Value = serde_json::from_str(api::openapi()).unwrap();
    let mut table = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let needed =
                operation["security"].as_array().unwrap().iter().find_map(|one| one["token"][0].as_str());
            let needed = needed.map(|key| Scope::from_key(key).unwrap());
            table.push((operation["operationId"].as_str().unwrap().to_owned(), needed));
            let path =
                path.strip_prefix("/api/v1").unwrap().replace("{dispute}", "nothing").replace("{id}", "x");
            let method = method.to_uppercase();
            for scope in [None].into_iter().chain(Scope::ALL.iter().copied().map(Some)) {
                let ask = site.ask(&method, &path).json(&json!([]));
                let ask = match scope {
                    Some(scope) => ask.by(scope),
                    None => ask,
                };
                let status = ask.send().await.status.as_u16();
                let expected = match (needed, scope) {
                    (Some(_), None) => Some(401),
                    (Some(needed), Some(scope)) if scope < needed => Some(403),
                    _ => None,
                };
                match expected {
                    Some(expected) => assert_eq!(status, expected, "{method} {path} with {scope:?}"),
                    None => assert!(
                        ![401, 403].contains(&status) && status < 500,
                        "{method} {path} with {scope:?}: {status}"
                    ),
                }
            }
        }
    }
    let of = |scope: Option<Scope>| {
        table.iter().filter(|(_, needed)| *needed == scope).map(|(id, _)| id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(
        of(None),
        [
            "get_index",
            "list_disputes",
            "get_dispute",
            "list_articles",
            "list_events",
            "get_event",
            "list_event_checks",
            "list_parties",
            "get_party",
            "list_positions",
            "get_position",
            "list_revisions",
            "search"
        ]
    );
    assert_eq!(
        of(Some(Scope::Suggest)),
        ["create_article", "fetch_article", "upload_articles", "create_suggestion"]
    );
    assert_eq!(
        of(Some(Scope::Admin)),
        [
            "delete_dispute",
            "create_invitation",
            "revoke_invitation",
            "remove_member",
            "set_member",
            "restore_dispute",
            "set_visibility",
            "create_token"
        ]
    );
    for (id, needed) in &table {
        let reads = ["get_", "list_"].iter().any(|start| id.starts_with(start));
        // What webhooks are told, and where, is for those who change disputes.
        if reads && !["webhook", "deliveries"].iter().any(|part| id.contains(part)) {
            assert!(needed.is_none_or(|needed| needed == Scope::Read), "{id} needs {needed:?}");
        }
    }
}

pub(crate) async fn tokens_are_made_and_revoked(home: Home) {
    let site = Api::new(home).await;
    let ask = |method: &str, path: &str| site.ask(method, path).by(Scope::Admin);
    let input = json!({"name": "robot", "scope": "write", "days": 7});
    let made = ask("POST", "/tokens").json(&input).send().await.expect(201);
    assert_eq!(made.header("cache-control"), "no-store");
    let token = made.text("/token").to_owned();
    assert!(token.starts_with("imp_") && token.len() == 30, "{token}");
    let own =
        site.ask("GET", "/token").with("authorization", &format!("bearer {token}")).send().await.expect(200);
    assert_eq!((own.text("/name"), own.text("/account"), own.text("/scope")), ("robot", "Olga", "write"));
    let listed = ask("GET", "/tokens").send().await.expect(200);
    assert_eq!(listed.items().len(), 2, "those of others are not listed: {}", listed.body);
    let secret = [token.clone(), password::sha256(&token), "hash".to_owned()];
    assert!(
        !secret.iter().any(|secret| listed.body.to_string().contains(secret.as_str())),
        "{}",
        listed.body
    );
    let path = format!("/tokens/{}", made.text("/id"));
    assert_eq!(made.header("location"), format!("http://e.org/api/v1{path}"));
    ask("GET", &path).send().await.expect(200);
    site.read(&path).await.expect(404);
    site.delete(&path).await.expect(404);
    // It ends itself.
    site.ask("DELETE", &path).with("authorization", &format!("Bearer {token}")).send().await.expect(204);
    site.ask("GET", "/token").with("authorization", &format!("Bearer {token}")).send().await.expect(401);
    let wrong = json!({"name": " ", "scope": "read", "days": 0});
    assert_eq!(ask("POST", "/tokens").json(&wrong).send().await.expect(422).fields(), ["name", "days"]);
}

pub(crate) async fn wrong_tokens_are_refused(home: Home) {
    let site = Api::new(home).await;
    for wrong in
        ["Bearer imp_nothing", "Bearer nothing", "Bearer", "Basic aW1wOg==", "imp_write", "Bearer imp_\u{e9}"]
    {
        let answer = site.ask("GET", "/disputes").with("authorization", wrong).send().await.expect(401);
        assert!(answer.text("/detail").contains("token"), "{wrong}");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"Impasse\"");
    }
    // A token may do no more than its account.
    let user = site.server.store.add_user("Sam", "hash", false).await.unwrap();
    let hash = password::sha256("imp_greedy");
    let draft = impasse_app::model::access::TokenDraft {
        name: "greedy".into(),
        scope: Scope::Admin,
        expires: None,
        hash,
    };
    site.server.store.add_token(&user.id, &draft).await.unwrap();
    let ask = site.ask("DELETE", DEMO).with("authorization", "Bearer imp_greedy").with("if-match", "*");
    ask.send().await.expect(403);
}

/// A form of the site, sent with the owner's cookie.
pub(crate) async fn form(
    site: &Api,
    cookie: &str,
    path: &str,
    form: &str,
) -> (u16, String, axum::http::HeaderMap) {
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::HOST, "e.org")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = request.body(Body::from(form.to_owned())).unwrap();
    let answer = impasse_server::web::router(site.server.clone()).oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), String::from_utf8(bytes.to_vec()).unwrap(), parts.headers)
}

pub(crate) async fn cookie(site: &Api) -> String {
    let hash = password::hash("correct horse battery".to_owned()).await.unwrap();
    site.server.store.add_user("Ada", &hash, true).await.unwrap();
    let (status, _, headers) = form(site, "", "/sign-in", "name=Ada&password=correct+horse+battery").await;
    assert_eq!(status, 303);
    headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
}

pub(crate) async fn cookies_count_for_nothing(home: Home) {
    let site = Api::new(home).await;
    let cookie = cookie(&site).await;
    let events = format!("{DEMO}/events");
    site.ask("POST", &events).with("cookie", &cookie).json(&an_event()).send().await.expect(401);
    site.ask("GET", &format!("{DEMO}/feeds")).with("cookie", &cookie).send().await.expect(401);
    site.ask("GET", "/tokens").with("cookie", &cookie).send().await.expect(401);
}

pub(crate) async fn whoever_asks_too_often_has_to_wait(home: Home) {
    let settings =
        Settings { api_rate: 3, api_rate_anonymous: 2, trust_forwarded: true, ..Settings::default() };
    let site = Api::with(home, settings).await;
    let ask = async |from: &str| site.ask("GET", "").with("x-forwarded-for", from).send().await;
    let first = ask("192.0.2.1").await.expect(200);
    assert_eq!(first.header("ratelimit-policy"), "\"address\";q=2;w=60");
    assert_eq!(first.header("ratelimit"), "\"address\";r=1;t=30");
    ask("192.0.2.1").await.expect(200);
    let refused = ask("9.9.9.9, 192.0.2.1").await.expect(429);
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&seconds), "{seconds}");
    assert_eq!(refused.header("ratelimit"), "\"address\";r=0;t=60");
    ask("192.0.2.2").await.expect(200);
    for _ in 0..3 {
        let answer = site.ask("GET", "").by(Scope::Read).with("x-forwarded-for", "192.0.2.1").send().await;
        assert_eq!(answer.expect(200).header("ratelimit-policy"), "\"token\";q=3;w=60");
    }
    site.ask("GET", "").by(Scope::Read).send().await.expect(429);
    site.ask("GET", "").by(Scope::Write).send().await.expect(200);
    // Who guesses tokens is slowed down as well.
    let guess = async || {
        let ask =
            site.ask("GET", "").with("authorization", "Bearer imp_x").with("x-forwarded-for", "192.0.2.9");
        ask.send().await.status.as_u16()
    };
    assert_eq!([guess().await, guess().await, guess().await], [401, 401, 429]);
}

pub(crate) async fn the_account_page_makes_tokens(home: Home) {
    let site = Api::new(home).await;
    let cookie = cookie(&site).await;
    assert_eq!(form(&site, "", "/account/tokens", "name=x&scope=read").await.0, 303, "to sign in");
    let (status, page, headers) =
        form(&site, &cookie, "/account/tokens", "name=laptop&scope=write&days=").await;
    assert_eq!((status, headers[header::CACHE_CONTROL].to_str().unwrap()), (200, "no-store"));
    let made = page.split("imp_").nth(1).unwrap_or_else(|| panic!("{page}"));
    let made = format!("imp_{}", made.split('"').next().unwrap());
    let ask = site.ask("POST", &format!("{DEMO}/events")).with("authorization", &format!("Bearer {made}"));
    ask.json(&an_event()).send().await.expect(201);
    let (status, page, _) = form(&site, &cookie, "/account/tokens", "name=&scope=gossip&days=x").await;
    assert_eq!(status, 422);
    for field in ["name-error", "scope-error", "days-error"] {
        assert!(page.contains(field), "{field}: {page}");
    }
    assert!(page.contains("laptop") && !page.contains(&made), "{page}");
    let user = site.server.store.user_named("Ada").await.unwrap();
    let id = site.server.store.tokens(&user.id).await.unwrap()[0].id.clone();
    assert_eq!(form(&site, &cookie, &format!("/account/tokens/{id}/revoke"), "").await.0, 303);
    site.ask("GET", "").with("authorization", &format!("Bearer {made}")).send().await.expect(401);
    site.ask("GET", "")
        .with("authorization", &format!("Bearer {}", token(Scope::Read)))
        .send()
        .await
        .expect(200);
}
