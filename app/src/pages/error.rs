//! Pages for what went wrong.

use leptos::prelude::*;

use crate::page::Page;

/// A page with a heading, an explanation and a way on.
pub fn message_page(status: u16, title: &str, text: &str, way_on: (&str, &str)) -> Page {
    let (title_text, text) = (title.to_owned(), text.to_owned());
    let (label, href) = (way_on.0.to_owned(), way_on.1.to_owned());
    // What is not at an address may be somewhere else.
    let search = matches!(status, 404 | 410).then(|| {
        view! {
            <form method="get" action="/search" role="search" class="search">
                <label for="q" class="visually-hidden">"Search events and articles"</label>
                <input type="search" id="q" name="q" placeholder="Search events and articles"/>
                <button class="button" type="submit">"Search"</button>
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
        400 => (
            "That request cannot be read",
            "Its address or what was sent with it is damaged. If you followed a link, ask for it again; if you sent a form, go back, load it anew and send it once more.",
        ),
        403 => (
            "Not allowed",
            "This was sent from another site, or you may not do it. If you need to, ask an owner of the dispute for a role in it.",
        ),
        404 => (
            "Nothing here",
            "There is nothing at this address. It may have been moved or deleted, or it may be for some people only: if you are one of them, sign in first.",
        ),
        405 => (
            "Not that way",
            "This address takes no request of that kind. A form of this site leads to where it was sent: go back to it.",
        ),
        408 => ("That took too long", "The request did not arrive in time. Try again."),
        409 => ("Already done", "Somebody else decided this meanwhile."),
        410 => (
            "Taken back",
            "This link was taken back, or its time is over. Whoever shared it can make another.",
        ),
        413 => ("Too large", "What was sent is larger than can be kept. Send less at once."),
        422 => ("That cannot be kept", "Something in it is not as it should be."),
        503 => (
            "Busy just now",
            "More is asked than can be done at once. Try again in a minute; what was saved is safe.",
        ),
        _ => (
            "Something broke here",
            "It is not your doing, and what was saved is safe. Try again in a moment. If it stays so, tell who looks after this site what you did and when: their log has the reason.",
        ),
    };
    message_page(status, title, text, ("To the disputes", "/"))
}
