//! The HTML document around every page.

use leptos::html;
use leptos::prelude::*;

use crate::components::timeline::picture::PREVIEW;
use crate::ground::Theme;
use crate::page::{Page, PageRequest, Script, Viewer, sign_in_address};
use crate::{t, texts};

/// The document around a page.
pub(crate) fn shell(page: Page, request: &PageRequest) -> AnyView {
    let styles = page.styles(&request.site);
    let styles = styles.into_iter().map(|href| view! { <link rel="stylesheet" href=href/> }).collect_view();
    let Page {
        title,
        description,
        canonical,
        script,
        refresh,
        embedded,
        alternates,
        preview,
        data,
        is_hidden,
        body,
        ..
    } = page;
    let preview = description.as_ref().map(|description| {
        let address = canonical.as_ref().map(|path| format!("{}{path}", request.origin));
        let image = preview.map(|path| format!("{}{path}", request.origin));
        preview_tags(&title, description, address, image)
    });
    let data = data.map(|data| view! { <script type="application/ld+json" inner_html=data></script> });
    let title = if title == "Impasse" { title } else { t!("shell-impasse", title = title) };
    let robots =
        (description.is_none() || is_hidden).then(|| view! { <meta name="robots" content="noindex"/> });
    let description = description.map(|text| view! { <meta name="description" content=text/> });
    let canonical = canonical.map(|path| {
        view! { <link rel="canonical" href=format!("{}{path}", request.origin)/> }
    });
    let site = request.site.clone();
    // At the end of the body, so that what is read first is not kept waiting by what makes it move.
    let (script, wasm) = match script {
        Some(Script::Islands) => (site.script.clone(), site.wasm.clone()),
        Some(Script::View) => (site.script.clone(), None),
        Some(Script::Inbox) => (site.inbox.clone(), None),
        Some(Script::Work) => (site.work.clone(), None),
        Some(Script::Passkey) => (site.passkey.clone(), None),
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
    let alternates: Vec<_> = alternates
        .into_iter()
        .map(
            |other| view! { <link rel="alternate" type=other.media_type title=other.title href=other.href/> },
        )
        .collect();
    let theme = embedded.filter(|theme| *theme != Theme::Auto).map(|theme| theme.key());
    // An embedded page is all timeline: what is around it is the other site's.
    let is_whole = embedded.is_none();
    let header = is_whole.then(|| header(request));
    let skip = is_whole.then(|| view! { <a class="skip" href="#main">{t!("shell-skip-to-content")}</a> });
    let footer = is_whole.then(|| {
        view! {
            <footer class="page-footer">
                <p>
                    {t!("shell-impasse-keeps-the-dated-events")}
                </p>
            </footer>
        }
    });
    let main = body();
    view! {
        <!DOCTYPE html>
        <html lang=texts::locale() data-theme=theme data-embed=embedded.map(|_| "")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                {description}
                {robots}
                {canonical}
                {alternates}
                {preview}
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfaf7"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#16181a"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {styles}
                {refresh}
            </head>
            <body>
                {skip}
                {header}
                <main id="main" tabindex="-1">{main}</main>
                {footer}
                {data}
                {wasm}
                {script}
            </body>
        </html>
    }
    .into_any()
}

/// What a link to a page is shown with elsewhere: Open Graph (<https://ogp.me>), and what X reads besides.
fn preview_tags(title: &str, description: &str, address: Option<String>, image: Option<String>) -> AnyView {
    let meta = |name: &'static str, content: String| html::meta().attr("property", name).content(content);
    let card = if image.is_some() { "summary_large_image" } else { "summary" };
    let image = image.map(|image| {
        let (width, height) = PREVIEW;
        view! {
            {meta("og:image", image)}
            {meta("og:image:width", width.to_string())}
            {meta("og:image:height", height.to_string())}
            {meta("og:image:alt", t!("shell-the-timeline", title = title))}
        }
    });
    view! {
        {meta("og:type", "article".to_owned())}
        {meta("og:site_name", "Impasse".to_owned())}
        {meta("og:title", title.to_owned())}
        {meta("og:description", description.to_owned())}
        {address.map(|address| meta("og:url", address))}
        {image}
        <meta name="twitter:card" content=card/>
    }
    .into_any()
}

fn header(request: &PageRequest) -> AnyView {
    let account = match &request.viewer {
        Some(Viewer { name, .. }) => view! {
            <form method="post" action="/sign-out" class="account">
                <a class="account-name" href="/account">{name.clone()}</a>
                <button class="button button-quiet" type="submit">{t!("shell-sign-out")}</button>
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
            view! { <a class="button button-quiet" href=sign_in_address(&back)>{t!("shell-sign-in")}</a> }
                .into_any()
        }
    };
    let is_admin = request.viewer.as_ref().is_some_and(|viewer| viewer.is_admin);
    let admin = is_admin.then(|| view! { <a href="/admin">{t!("shell-this-site")}</a> });
    view! {
        <header class="page-header">
            <a class="brand" href="/">
                <svg viewBox="0 0 24 24" aria-hidden="true" width="24" height="24">
                    <path d="M2 12h7M15 12h7" class="brand-line"/>
                    <path d="M10.5 5v14M13.5 5v14" class="brand-bar"/>
                </svg>
                <span>"Impasse"</span>
            </a>
            <nav aria-label=t!("shell-site")>
                <a href="/">{t!("shell-disputes")}</a>
                <a href="/search">{t!("shell-search")}</a>
                {admin}
            </nav>
            {account}
        </header>
    }
    .into_any()
}
