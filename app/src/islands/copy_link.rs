//! A button that copies the address in the field beside it. Without a script there is only the field to select.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlInputElement, Window, window};

/// Makes the line inside an element copy: a field, a button with `data-copy`, and an empty status. A field with
/// `data-live` follows the address of the page, in which the timeline keeps its state.
#[wasm_bindgen]
pub fn copy_link(island: Element) {
    let Ok(Some(button)) = island.query_selector("[data-copy]") else { return };
    let copy = Closure::<dyn Fn()>::new(move || {
        if let Some(window) = window() {
            copy(&window, &island);
        }
    });
    let _ = button.add_event_listener_with_callback("click", copy.as_ref().unchecked_ref());
    // The listener lives as long as the page.
    copy.forget();
}

fn copy(window: &Window, island: &Element) {
    let Some(input) = find::<HtmlInputElement>(island, "input") else { return };
    let Some(status) = find::<HtmlElement>(island, "[role=status]") else { return };
    if let (true, Ok(address)) = (input.has_attribute("data-live"), window.location().href()) {
        input.set_value(&address);
    }
    input.select();
    let copied = Closure::once_into_js(move || status.set_text_content(Some("Copied")));
    let writing = window.navigator().clipboard().write_text(&input.value());
    if let Ok(then) = js_sys::Reflect::get(&writing, &"then".into())
        && let Ok(then) = then.dyn_into::<js_sys::Function>()
    {
        let _ = then.call1(&writing, &copied);
    }
}

fn find<T: JsCast>(within: &Element, selector: &str) -> Option<T> {
    within.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
