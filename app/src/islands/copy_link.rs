//! A button that copies the address in the field beside it. Without a script there is only the field to select.

use leptos::prelude::*;

/// Makes the `.share-line` inside it copy. A field with `data-live` follows the address of the page, in which the
/// timeline keeps its state. Neither properties nor signals: the code that they need would be a large part of the
/// WebAssembly.
#[island]
pub fn CopyLink(
    /// The line as the server draws it: a field, a button with `data-copy`, and an empty status.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    request_animation_frame(browser::start);
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::{document, window};
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::{Element, HtmlElement, HtmlInputElement};

    /// Takes every line of the page over that has not been taken over yet.
    pub(super) fn start() {
        while let Ok(Some(line)) = document().query_selector(".share-line:not([data-on])") {
            let _ = line.set_attribute("data-on", "");
            let Ok(Some(button)) = line.query_selector("[data-copy]") else { continue };
            let copy = Closure::<dyn Fn()>::new(move || copy(&line));
            let _ = button.add_event_listener_with_callback("click", copy.as_ref().unchecked_ref());
            // The listener lives as long as the page.
            copy.forget();
        }
    }

    fn copy(line: &Element) {
        let input =
            line.query_selector("input").ok().flatten().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let status = line
            .query_selector("[role=status]")
            .ok()
            .flatten()
            .and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let (Some(input), Some(status)) = (input, status) else { return };
        if let (true, Ok(address)) = (input.has_attribute("data-live"), window().location().href()) {
            input.set_value(&address);
        }
        input.select();
        let copied = Closure::once_into_js(move || status.set_text_content(Some("Copied")));
        let writing = window().navigator().clipboard().write_text(&input.value());
        if let Ok(then) = js_sys::Reflect::get(&writing, &"then".into())
            && let Ok(then) = then.dyn_into::<js_sys::Function>()
        {
            let _ = then.call1(&writing, &copied);
        }
    }
}
