//! A button that copies the address in the field beside it. Without a script there is only the field to select.

use leptos::prelude::*;

/// The button; it takes the field from the nearest `.share-line`. A field with `data-live` follows the address of the
/// page, in which the timeline keeps its state. No properties: the code that reads them would be a quarter of the
/// WebAssembly.
#[island]
pub fn CopyLink() -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        browser::copy(&event, copied);
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, copied);
    };
    view! {
        <button type="button" class="button needs-script" on:click=copy>"Copy link"</button>
        <span class="copied" role="status">{move || if copied.get() { "Copied" } else { "" }}</span>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlInputElement, MouseEvent};

    pub(super) fn copy(event: &MouseEvent, copied: RwSignal<bool>) {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|button| button.closest(".share-line").ok().flatten())
            .and_then(|line| line.query_selector("input").ok().flatten())
            .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let (true, Ok(address)) = (input.has_attribute("data-live"), window().location().href()) {
            input.set_value(&address);
        }
        input.select();
        let writing = window().navigator().clipboard().write_text(&input.value());
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(writing).await.is_ok() {
                copied.set(true);
            }
        });
    }
}
