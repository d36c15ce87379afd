//! If a text did become markup after all, the Content-Security-Policy would keep it from running.

use std::collections::BTreeMap;

use impasse_tests::{Answer, Home, Impasse, Request, addresses};

/// The sources of a directive; without one of its own, those of `default-src` (CSP Level 3, 6.8.3).
fn sources<'a>(policy: &'a str, directive: &str) -> Vec<&'a str> {
    let named = |wanted: &str| {
        policy.split(';').find_map(|part| {
            let mut words = part.split_ascii_whitespace();
            (words.next() == Some(wanted)).then(|| words.collect::<Vec<_>>())
        })
    };
    named(directive).or_else(|| named("default-src")).unwrap_or_else(|| vec!["*"])
}

/// What a policy would let an attacker's markup do; empty if nothing.
fn gaps(answer: &Answer) -> Vec<String> {
    let policies: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "content-security-policy")
        .map(|(_, value)| value.as_str())
        .collect();
    let [policy] = policies.as_slice() else { return vec![format!("{} policies", policies.len())] };
    let mut gaps = Vec::new();
    for directive in ["script-src", "worker-src", "object-src", "frame-src"] {
        for source in sources(policy, directive) {
            // WebAssembly may be compiled, which no markup can ask for.
            if !["'none'", "'self'", "'wasm-unsafe-eval'"].contains(&source) {
                gaps.push(format!("{directive} {source}"));
            }
        }
    }
    if policy.contains("script-src-") {
        gaps.push("scripts have a directive that this test does not read".to_owned());
    }
    // These have no default.
    for (directive, only) in [("base-uri", "'none'"), ("form-action", "'self'")] {
        if !policy.contains(&format!("{directive} {only}")) {
            gaps.push(directive.to_owned());
        }
    }
    if answer.header("x-content-type-options") != Some("nosniff") {
        gaps.push("x-content-type-options".to_owned());
    }
    let kind = answer.header("content-type").unwrap_or_default();
    if !answer.body.is_empty()
        && (kind.is_empty() || (kind.starts_with("text/") && !kind.contains("charset=utf-8")))
    {
        gaps.push(format!("content-type {kind:?}"));
    }
    gaps
}

/// Every address, asked by everybody, well and badly: pages, errors, refusals and answers to forms.
#[test]
fn no_answer_would_let_an_inline_script_run() {
    let home = Home::sqlite();
    let server = Impasse::start(&home);
    let (owner, reader) = (server.owner(), server.reader());
    let mut met: BTreeMap<(u16, String), usize> = BTreeMap::new();
    let mut see = |request: &Request, answer: &Answer| {
        assert_eq!(gaps(answer), Vec::<String>::new(), "{request:?}");
        let kind = answer.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
        *met.entry((answer.status, kind.to_owned())).or_default() += 1;
    };
    let mut all = addresses::all();
    all.extend(addresses::files());
    all.extend(addresses::api());
    // What would take the dispute away or sign out.
    all.retain(|address| !["/d/{slug}/delete", "/sign-out"].contains(&address.path.as_str()));
    for address in &all {
        for (client, slug) in
            [(&owner, "pentagon-anthropic"), (&reader, "pentagon-anthropic"), (&owner, "none")]
        {
            let path = address.fill(|name| match name {
                "slug" | "dispute" => slug.to_owned(),
                "file" => format!("{slug}.png"),
                _ => "x".to_owned(),
            });
            let request = Request::new(address.method, path).header("sec-fetch-site", "same-origin");
            let request = if address.method == "GET" {
                request
            } else {
                request.header("content-type", "application/x-www-form-urlencoded").body("x=")
            };
            see(&request, &client.send(&request));
        }
    }
    for request in [
        Request::new("POST", "/d/pentagon-anthropic/edit").header("sec-fetch-site", "cross-site"),
        Request::new("BREW", "/"),
        Request::new("GET", "/%ff"),
        Request::new("GET", "/pkg/nothing.js"),
        Request::new("POST", "/sign-in").header("content-type", "text/plain").body("x"),
        Request::new("GET", "/d/pentagon-anthropic?kind=%3Cscript%3Ealert(1)%3C/script%3E"),
    ] {
        see(&request, &owner.send(&request));
    }
    for (status, kind) in [
        (200, "text/html"),
        (200, "image/svg+xml"),
        (404, "text/html"),
        (403, "text/html"),
        (405, "text/html"),
    ] {
        assert!(met.contains_key(&(status, kind.to_owned())), "{status} {kind} was not met: {met:?}");
    }
}
