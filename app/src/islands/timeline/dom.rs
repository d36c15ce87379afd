//! Short ways to the browser.

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Document, Element, Event, EventTarget, HtmlElement, Window};

/// The page's window. There is always one where an island runs.
pub(super) fn window() -> Window {
    js_sys::global().unchecked_into()
}

pub(super) fn document() -> Document {
    window().document().unwrap_or_else(|| wasm_bindgen::throw_str("no document"))
}

/// The first element inside another that a selector matches.
pub(super) fn find(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// All elements inside another that a selector matches.
pub(super) fn find_all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = within.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// A new element with a class.
pub(super) fn element(tag: &str, class: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element(tag).ok()?.dyn_into().ok()?;
    element.set_class_name(class);
    Some(element)
}

/// Listens for as long as the page lives. With `active` the listener may prevent what the browser would do.
pub(super) fn listen(target: &EventTarget, name: &str, active: bool, act: impl Fn(Event) + 'static) {
    let act = Closure::<dyn Fn(Event)>::new(act);
    let options = AddEventListenerOptions::new();
    options.set_passive(!active);
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
        name,
        act.as_ref().unchecked_ref(),
        &options,
    );
    act.forget();
}

/// Sets a property of an element's style.
pub(super) fn style(element: &HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}

/// A length in CSS pixels, to a tenth.
pub(super) fn px(length: f64) -> String {
    let mut text = tenths(length);
    text.push_str("px");
    text
}

/// A place as a transform.
pub(super) fn moved(x: f64, y: f64) -> String {
    let mut text = String::from("translate(");
    text.push_str(&tenths(x));
    text.push_str("px,");
    text.push_str(&tenths(y));
    text.push_str("px)");
    text
}

/// A place and a stretch as a transform.
pub(super) fn stretched(x: f64, by: f64) -> String {
    let mut text = moved(x, 0.0);
    text.push_str(" scaleX(");
    text.push_str(&thousandths(by));
    text.push(')');
    text
}

/// A number to a tenth. The standard library's way to write a float is several kilobytes.
pub(super) fn tenths(number: f64) -> String {
    let mut text = whole_and_rest((number * 10.0).round() as i64, 10);
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    text
}

/// A number to a thousandth.
fn thousandths(number: f64) -> String {
    whole_and_rest((number * 1000.0).round() as i64, 1000)
}

fn whole_and_rest(scaled: i64, unit: u64) -> String {
    let mut text = String::new();
    if scaled < 0 {
        text.push('-');
    }
    let whole = scaled.unsigned_abs();
    text.push_str(&(whole / unit).to_string());
    text.push('.');
    let rest = (whole % unit + unit).to_string();
    text.push_str(rest.get(1..).unwrap_or_default());
    text
}

/// An attribute as whole numbers between spaces.
pub(super) fn numbers(text: &str) -> Vec<i64> {
    text.split(' ').filter_map(|word| word.parse().ok()).collect()
}

/// The first two numbers of an attribute, as a stretch.
pub(super) fn stretch(element: &Element, name: &str) -> Option<(f64, f64)> {
    let text = element.get_attribute(name)?;
    match numbers(&text).as_slice() {
        [from, to] => Some((*from as f64, *to as f64)),
        _ => None,
    }
}

/// Whether the reader asked for less motion.
pub(super) fn is_still() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether a media query matches.
pub(super) fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}
