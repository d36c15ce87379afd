//! What is fetched while the page is open: windows of events, panels.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlTemplateElement, Response};

use super::dom::{document, element, find, find_all, window};
use super::intake;
use super::page::{self, Mark};
use super::stage::{self, Shared};
use crate::timeline::address::{from_words, replaced, to_words};
use crate::timeline::count::events;
use crate::timeline::layout::{is_counted, waits};
use crate::timeline::scale::within;
use crate::timeline::{Cluster, Place};

/// The text at an address of this site.
async fn text(address: &str) -> Option<String> {
    let response: Response = JsFuture::from(window().fetch_with_str(address)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// The first element of a piece of this site's own HTML.
fn parsed(html: &str) -> Option<HtmlElement> {
    let template: HtmlTemplateElement = document().create_element("template").ok()?.dyn_into().ok()?;
    template.set_inner_html(html);
    template.content().first_element_child()?.dyn_into().ok()
}

fn path(shared: &Shared, tail: &str, query: &str) -> String {
    let mut path = shared.borrow().parts.base.clone();
    path.push_str(tail);
    path.push('?');
    path.push_str(query);
    path
}

/// A stretch as parameters of the page's own view.
fn over(from: f64, to: f64) -> String {
    let (from, to) = (from_words(from as i64), to_words(to as i64));
    replaced(&stage::query(), &[("from", &from), ("to", &to), ("event", "")])
}

/// Fetches the events of what is in view, where they are not all here.
pub(super) fn more(shared: &Shared) {
    let Some((from, to)) = intake::wanted(shared) else { return };
    {
        let mut stage = shared.borrow_mut();
        stage.asking = true;
        stage.outdated = false;
    }
    let address = path(shared, "/window", &over(from, to));
    let shared = shared.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let html = text(&address).await;
        shared.borrow_mut().asking = false;
        if let Some(list) = html.as_deref().and_then(parsed) {
            intake::take_in(&shared, &list);
            // The question may have changed while it was answered.
            if shared.borrow().outdated {
                more(&shared);
            }
        }
    });
}

/// Shows what was known on a day, or now where there is none.
pub(super) fn as_of(shared: &Shared, day: &str) {
    let query = replaced(&shared.borrow().query(), &[("asof", day)]);
    if let Ok(history) = window().history() {
        let state = wasm_bindgen::JsValue::NULL;
        let _ = history.replace_state_with_url(&state, "", Some(&stage::address(&query)));
    }
    {
        let mut stage = shared.borrow_mut();
        stage.outdated = true;
        let _ = stage.parts.root.set_attribute("data-replay", "");
    }
    more(shared);
}

/// Opens the panel of an event.
pub(super) fn event(shared: &Shared, id: &str, from: &HtmlElement) {
    {
        let mut stage = shared.borrow_mut();
        stage.selected = Some(id.to_owned());
        stage.offer_chosen();
        stage.write_address();
        for mark in &stage.marks {
            if mark.id.strip_prefix("e-") == Some(id) {
                let _ = mark.link.set_attribute("aria-current", "true");
            } else {
                let _ = mark.link.remove_attribute("aria-current");
            }
        }
        stub(&stage.parts.host, from);
    }
    let mut tail = String::from("/events/");
    tail.push_str(id);
    tail.push_str("/panel");
    let id = id.to_owned();
    let address = path(shared, &tail, &stage::query());
    fill(shared, address, move |stage| stage.selected.as_deref() == Some(&id), |_, _| {});
}

/// Opens the list of a cluster.
pub(super) fn cluster(shared: &Shared, cluster: Cluster) {
    let mut query = over(cluster.from, cluster.to);
    query.push_str("&lane=");
    query.push_str(&cluster.lane.to_string());
    {
        let mut stage = shared.borrow_mut();
        stage.selected = None;
        stage.offer_chosen();
    }
    let address = path(shared, "/cluster", &query);
    fill(
        shared,
        address,
        |stage| stage.selected.is_none(),
        move |stage, panel| leave_counted(stage, panel, &cluster),
    );
}

/// Of all that a lane has in the stretch of a cluster, leaves in its panel what the cluster counts.
fn leave_counted(stage: &stage::Stage, panel: &HtmlElement, cluster: &Cluster) {
    let all = find_all(panel, "li[data-e]");
    let (listed, mut gone) = (all.len(), 0);
    for li in all {
        let Some(item) = page::item(&li) else { continue };
        let counted = match stage.marks.iter().find(|mark| mark.id == li.id()) {
            Some(Mark { drawn, .. }) => {
                let place = drawn.place.unwrap_or(Place::Outside);
                is_counted(&item, place, drawn.rows, cluster.lane)
                    && cluster.holds(waits(&item, &stage.base, stage.reach))
            }
            // Of those that are not here the server has counted where they begin, of what it covers.
            None => {
                let at = if item.start.is_finite() { item.start } else { item.end - 1.0 };
                cluster.holds(within(at, stage.covered.0, stage.covered.1 - 1.0))
            }
        };
        if !counted {
            li.remove();
            gone += 1;
        }
    }
    let Some(words) = find(panel, "[data-count]") else { return };
    // Where it lists only the first, the cluster knows how many there are.
    let is_cut = words.get_attribute("data-count").as_deref() != Some(&listed.to_string());
    let count = if is_cut { cluster.count as usize } else { listed - gone };
    words.set_text_content(Some(&events(count)));
}

/// What is known at once stands in the panel until the rest is there.
fn stub(host: &HtmlElement, from: &HtmlElement) {
    let words = |selector: &str| find(from, selector).and_then(|part| part.text_content());
    let (Some(panel), Some(title), Some(date)) =
        (element("aside", "pn"), element("h2", ""), element("p", "pn-date"))
    else {
        return;
    };
    let _ = panel.set_attribute("data-bench", "detail");
    let _ = panel.set_attribute("aria-busy", "true");
    title.set_text_content(words(".ttl").as_deref());
    date.set_text_content(words(".when").as_deref());
    let _ = panel.append_child(&title);
    let _ = panel.append_child(&date);
    put(host, &panel);
}

fn put(host: &HtmlElement, panel: &Element) {
    host.set_text_content(None);
    let _ = host.append_child(panel);
}

/// Fetches a panel and puts it in place, if it is still wanted by then. `ready` readies it.
fn fill(
    shared: &Shared,
    address: String,
    wanted: impl Fn(&stage::Stage) -> bool + 'static,
    ready: impl Fn(&stage::Stage, &HtmlElement) + 'static,
) {
    let shared = shared.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let html = text(&address).await;
        let stage = shared.borrow();
        if !wanted(&stage) {
            return;
        }
        match html.as_deref().and_then(parsed) {
            Some(panel) => {
                ready(&stage, &panel);
                put(&stage.parts.host, &panel);
                let _ = panel.focus();
            }
            // The page itself can show it.
            None => {
                let _ = window().location().reload();
            }
        }
    });
}

/// Closes the panel.
pub(super) fn close(shared: &Shared) {
    let mut stage = shared.borrow_mut();
    stage.selected = None;
    stage.offer_chosen();
    stage.parts.host.set_text_content(None);
    for mark in &stage.marks {
        let _ = mark.link.remove_attribute("aria-current");
    }
    stage.write_address();
}
