//! A button that copies the address in the field beside it. Without a script there is only the field to select.

use leptos::prelude::*;

/// A button that copies the current address of the page, in which the script keeps the view, or a fixed one.
#[island]
pub fn CopyLink(
    /// The identifier of the field that shows the address.
    field: String,
    /// Whether the field is to follow the address of the page, in which the timeline keeps its state.
    live: bool,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    #[cfg(not(feature = "hydrate"))]
    let _ = (&field, live, copied);
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        browser::copy(&field, live, copied);
    };
    // Shown by the style sheet only where scripts run, since it can do nothing without one.
    view! {
        <button type="button" class="button needs-script" on:click=copy>"Copy link"</button>
        <span class="copied" role="status">{move || if copied.get() { "Copied" } else { "" }}</span>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;

    pub(super) fn copy(field: &str, live: bool, copied: RwSignal<bool>) {
        let window = leptos::prelude::window();
        let input = document()
            .get_element_by_id(field)
            .and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let (true, Ok(address)) = (live, window.location().href()) {
            input.set_value(&address);
        }
        input.select();
        let writing = window.navigator().clipboard().write_text(&input.value());
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(writing).await.is_ok() {
                copied.set(true);
            }
        });
    }
}
