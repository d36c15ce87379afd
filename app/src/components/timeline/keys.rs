//! The keys of the timeline, for people to read.

use leptos::prelude::*;

/// Each key with what it does, as `islands::timeline` reads it while the drawing has the focus.
const KEYS: [(&str, &str); 8] = [
    ("← →", "the event before or after"),
    ("↑ ↓", "the lane above or below"),
    ("Home End", "the first or last in view"),
    ("Page Up, Page Down", "a screen earlier or later"),
    ("Enter", "open; Escape closes and returns"),
    ("+ −", "zoom in or out about the event"),
    ("0", "fit everything"),
    ("F", "fit the selected event"),
];

/// The keys as a list.
pub fn key_list() -> AnyView {
    let rows = KEYS.map(|(key, words)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div> });
    view! {
        <p>"Tab leads to the drawing, which is one stop; within it:"</p>
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
                <h2 id="keys-title">"Keys"</h2>
                <button class="button">"Close"</button>
            </form>
            {key_list()}
            <label class="choice">
                <input type="checkbox" id="keys-anywhere" checked/>
                <span><kbd>"?"</kbd>" opens this from anywhere on the page"</span>
            </label>
        </dialog>
    }
    .into_any()
}
