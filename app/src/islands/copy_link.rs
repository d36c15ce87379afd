//! A button that copies the address in the field beside it. Without a script there is only the field to select.

use leptos::prelude::*;

/// The button; it takes the field from the nearest `.share-line`. A field with `data-live` follows the address of the
/// page, in which the timeline keeps its state. No properties: the code that reads them would be a quarter of the
/// WebAssembly.
#[island]
pub fn CopyLink() -> impl IntoView {
    let copy = move |event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        browser::copy(&event);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! {
        <button type="button" class="button needs-script" on:click=copy>"Copy link"</button>
        <span class="copied" role="status"></span>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::window;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlInputElement, MouseEvent};

    pub(super) fn copy(event: &MouseEvent) {
        let line = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|button| button.closest(".share-line").ok().flatten());
        let Some(line) = line else { return };
        let part = |selector: &str| line.query_selector(selector).ok().flatten();
        let Some(input) = part("input").and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        if let (true, Ok(address)) = (input.has_attribute("data-live"), window().location().href()) {
            input.set_value(&address);
        }
        input.select();
        let writing = window().navigator().clipboard().write_text(&input.value());
        let said = part(".copied");
        wasm_bindgen_futures::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(writing).await.is_ok()
                && let Some(said) = said
            {
                said.set_text_content(Some("Copied"));
            }
        });
    }
}
