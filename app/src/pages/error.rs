//! Pages for what went wrong.

use leptos::prelude::*;

use crate::page::Page;
use crate::t;

/// A page with a heading, an explanation and a way on.
pub fn message_page(status: u16, title: &str, text: &str, way_on: (&str, &str)) -> Page {
    let (title_text, text) = (title.to_owned(), text.to_owned());
    let (label, href) = (way_on.0.to_owned(), way_on.1.to_owned());
    // What is not at an address may be somewhere else.
    let search = matches!(status, 404 | 410).then(|| {
        view! {
            <form method="get" action="/search" role="search" class="search">
                <label for="q" class="visually-hidden">{t!("error-search-events-and-articles")}</label>
                <input type="search" id="q" name="q" placeholder=t!("error-search-events-and-articles")/>
                <button class="button" type="submit">{t!("error-search")}</button>
            </form>
        }
        .into_any()
    });
    Page::new(title, move || {
        view! {
            <div class="message">
                <h1>{title_text}</h1>
                <p>{text}</p>
                {search}
                <p><a class="button" href=href>{label}</a></p>
            </div>
        }
        .into_any()
    })
    .with_status(status)
}

/// The page for a status.
pub fn error_page(status: u16) -> Page {
    let (title, text) = match status {
        400 => (t!("error-that-request-cannot-be-read"), t!("error-its-address-or-what-was")),
        403 => (t!("error-not-allowed"), t!("error-this-was-sent-from-another")),
        404 => (t!("error-nothing-here"), t!("error-there-is-nothing-at-this")),
        405 => (t!("error-not-that-way"), t!("error-this-address-takes-no-request")),
        408 => (t!("error-that-took-too-long"), t!("error-the-request-did-not-arrive")),
        409 => (t!("error-already-done"), t!("error-somebody-else-decided-this-meanwhile")),
        410 => (t!("error-taken-back"), t!("error-this-link-was-taken-back")),
        413 => (t!("error-too-large"), t!("error-what-was-sent-is-larger")),
        422 => (t!("error-that-cannot-be-kept"), t!("error-something-in-it-is-not")),
        503 => (t!("error-busy-just-now"), t!("error-more-is-asked-than-can")),
        _ => (t!("error-something-broke-here"), t!("error-it-is-not-your-doing")),
    };
    message_page(status, title, text, (t!("error-to-the-disputes"), "/"))
}
