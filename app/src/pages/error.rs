//! Pages for what went wrong.

use leptos::prelude::*;

use crate::page::Page;

/// A page with a heading, an explanation and a way on.
pub fn message_page(status: u16, title: &str, text: &str, way_on: (&str, &str)) -> Page {
    let (title_text, text) = (title.to_owned(), text.to_owned());
    let (label, href) = (way_on.0.to_owned(), way_on.1.to_owned());
    Page::new(title, move || {
        view! {
            <div class="message">
                <h1>{title_text}</h1>
                <p>{text}</p>
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
        400 => ("That request cannot be read", "Something in it is not as it should be."),
        403 => (
            "Not allowed",
            "This was sent from another site, or you may not do it. If you need to, ask an owner of the dispute for a role in it.",
        ),
        404 => (
            "Nothing here",
            "There is nothing at this address. It may have been moved or deleted, or it may be for some people only: if you are one of them, sign in first.",
        ),
        405 => ("Not that way", "This address does not take requests of that kind."),
        408 => ("That took too long", "The request did not arrive in time. Try again."),
        409 => ("Already done", "Somebody else decided this meanwhile."),
        410 => (
            "Taken back",
            "This link was taken back, or its time is over. Whoever shared it can make another.",
        ),
        413 => ("Too large", "What was sent is larger than can be kept. Send less at once."),
        422 => ("That cannot be kept", "Something in it is not as it should be."),
        _ => ("Something broke here", "It is not your doing. Try again in a moment; what was saved is safe."),
    };
    message_page(status, title, text, ("To the disputes", "/"))
}
