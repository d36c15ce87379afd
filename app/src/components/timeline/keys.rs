//! The keys of the timeline, for people to read.

use crate::{marked, t};
use leptos::prelude::*;

/// Each key with what it does, as `islands::timeline` reads it while the drawing has the focus.
fn keys() -> [(&'static str, &'static str); 8] {
    [
        ("← →", t!("keys-the-event-before-or-after")),
        ("↑ ↓", t!("keys-the-lane-above-or-below")),
        (t!("keys-home-end"), t!("keys-the-first-or-last-in")),
        (t!("keys-page-up-page-down"), t!("keys-a-screen-earlier-or-later")),
        (t!("keys-enter"), t!("keys-open-escape-closes-and-returns")),
        ("+ −", t!("keys-zoom-in-or-out-about")),
        ("0", t!("keys-fit-everything")),
        ("F", t!("keys-fit-the-selected-event")),
    ]
}

/// The keys as a list.
pub fn key_list() -> AnyView {
    let rows = keys().map(|(key, words)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div> });
    view! {
        <p>{t!("keys-tab-leads-to-the-drawing")}</p>
        <dl class="keys">{rows}</dl>
    }
    .into_any()
}

/// The list as a dialog, which the script opens. The question mark can be kept to the timeline, for who speaks to their
/// computer (WCAG 2.1.4).
pub fn keys_dialog() -> AnyView {
    view! {
        <dialog id="keys-dialog" class="keys-dialog" aria-labelledby="keys-title">
            <form method="dialog">
                <h2 id="keys-title">{t!("keys-keys")}</h2>
                <button class="button">{t!("keys-close")}</button>
            </form>
            {key_list()}
            <label class="choice">
                <input type="checkbox" id="keys-anywhere" checked/>
                <span>{marked!("keys-opens-this"; kbd = |key| view! { <kbd>{key}</kbd> })}</span>
            </label>
        </dialog>
    }
    .into_any()
}
