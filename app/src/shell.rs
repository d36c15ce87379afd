//! The HTML document around every page.

use leptos::prelude::*;

use crate::page::{PageRequest, Script, Viewer, sign_in_address};

/// The document. `body` is the content of `main`.
#[component]
pub(crate) fn Shell(
    request: PageRequest,
    title: String,
    description: Option<String>,
    canonical: Option<String>,
    script: Option<Script>,
    refresh: Option<u32>,
    body: Box<dyn FnOnce() -> AnyView + Send>,
) -> impl IntoView {
    let title = if title == "Impasse" { title } else { format!("{title} · Impasse") };
    let robots = description.is_none().then(|| view! { <meta name="robots" content="noindex"/> });
    let description = description.map(|text| view! { <meta name="description" content=text/> });
    let canonical = canonical.map(|path| {
        view! { <link rel="canonical" href=format!("{}{path}", request.origin)/> }
    });
    let site = request.site.clone();
    let style = site.style.clone().map(|href| view! { <link rel="stylesheet" href=href/> });
    // At the end of the body, so that what is read first is not kept waiting by what makes it move.
    let (script, wasm) = match script {
        Some(Script::Islands) => (site.script.clone(), site.wasm.clone()),
        Some(Script::View) => (site.script.clone(), None),
        Some(Script::Inbox) => (site.inbox.clone(), None),
        Some(Script::Work) => (site.work.clone(), None),
        None => (None, None),
    };
    let script = script.map(|src| view! { <script type="module" src=src fetchpriority="low"></script> });
    let wasm = wasm.map(|href| {
        view! {
            <link
                rel="preload"
                href=href
                r#as="fetch"
                type="application/wasm"
                crossorigin="anonymous"
                fetchpriority="low"
            />
        }
    });
    let refresh = refresh.map(|seconds| {
        view! { <noscript><meta http-equiv="refresh" content=seconds.to_string()/></noscript> }
    });
    let header = header(&request);
    let main = body();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                {description}
                {robots}
                {canonical}
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfaf7"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#16181a"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {style}
                {refresh}
            </head>
            <body>
                <a class="skip" href="#main">"Skip to content"</a>
                {header}
                <main id="main" tabindex="-1">{main}</main>
                <footer class="page-footer">
                    <p>
                        "Impasse keeps the dated events of a policy dispute, each tied to the words in the article it came from."
                    </p>
                </footer>
                {wasm}
                {script}
            </body>
        </html>
    }
}

fn header(request: &PageRequest) -> AnyView {
    let account = match &request.viewer {
        Some(Viewer { name, .. }) => view! {
            <form method="post" action="/sign-out" class="account">
                <span class="account-name">{name.clone()}</span>
                <button class="button button-quiet" type="submit">"Sign out"</button>
            </form>
        }
        .into_any(),
        None => {
            let back = match request.path.as_str() {
                "/sign-in" => "/".to_owned(),
                path => {
                    let query: Vec<String> = request
                        .query
                        .iter()
                        .map(|(name, value)| format!("{name}={}", crate::model::view::encode(value)))
                        .collect();
                    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
                }
            };
            view! { <a class="button button-quiet" href=sign_in_address(&back)>"Sign in"</a> }.into_any()
        }
    };
    view! {
        <header class="page-header">
            <a class="brand" href="/">
                <svg viewBox="0 0 24 24" aria-hidden="true" width="24" height="24">
                    <path d="M2 12h7M15 12h7" class="brand-line"/>
                    <path d="M10.5 5v14M13.5 5v14" class="brand-bar"/>
                </svg>
                <span>"Impasse"</span>
            </a>
            <nav aria-label="Site">
                <a href="/">"Disputes"</a>
            </nav>
            {account}
        </header>
    }
    .into_any()
}
