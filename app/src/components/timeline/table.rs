//! Events in rows and columns, in the order that the reader asks for.

use leptos::prelude::*;

use super::TimelineFrame;
use super::controls;
use super::list::in_range;
use crate::components::due::{due_sign, lowered};
use crate::model::time::short_day;
use crate::model::view::Sort;
use crate::store::{EventBrief, sort_events};
use crate::t;
use crate::timeline::count::grouped;

/// How many rows one page of the table has.
const PAGE: usize = 500;

fn sorted(mut rows: Vec<(usize, &EventBrief)>, sort: Sort) -> Vec<(usize, &EventBrief)> {
    sort_events(&mut rows, sort, |(_, event)| event);
    rows
}

/// A heading that sorts by its column; for the date, backwards at the second time.
fn heading(frame: &TimelineFrame, name: &'static str, sort: Sort) -> AnyView {
    let current = frame.view.sort;
    let (next, order) = match (current, sort) {
        (Sort::Date, Sort::Date) => (Sort::Latest, Some("ascending")),
        (Sort::Latest, Sort::Date) => (Sort::Date, Some("descending")),
        (Sort::Citations, Sort::Citations) => (sort, Some("descending")),
        (current, sort) if current == sort => (sort, Some("ascending")),
        _ => (sort, None),
    };
    let href = frame.address(|view| view.sort = next);
    view! { <th scope="col" aria-sort=order><a href=href>{name}</a></th> }.into_any()
}

/// The table layout.
pub(super) fn table(frame: &TimelineFrame) -> AnyView {
    let inside = in_range(frame);
    let count = inside.len();
    let rows: Vec<_> = sorted(inside, frame.view.sort)
        .into_iter()
        .take(PAGE)
        .map(|(_, event)| {
            let href = frame.address(|view| view.event = Some(event.id.0.clone()));
            let selected = frame.view.event.as_deref() == Some(event.id.as_str());
            let parties: Vec<&str> = event
                .parties
                .iter()
                .filter_map(|part| frame.parties.iter().find(|party| party.id == part.party))
                .map(|party| party.name.as_str())
                .collect();
            let due = event.due.as_ref().map(|due| {
                let words = lowered(&due.words(&event.date, frame.today));
                view! { <span class="tb-due">{due_sign(due.state)}{words}</span> }
            });
            let known = event.known_from.map(short_day);
            view! {
                <tr aria-current=selected.then_some("true")>
                    <td class="tb-date">{event.date.words()}</td>
                    <th scope="row"><a href=href>{event.title.clone()}</a></th>
                    <td>{parties.join(", ")}</td>
                    <td>{event.kind.label()}{due}</td>
                    <td class=format!("tb-att a-{}", event.attestation.key())>
                        <i class="hd"></i>
                        {event.attestation.label()}
                    </td>
                    <td class="tb-date">{known}</td>
                    <td>{event.citations.to_string()}</td>
                </tr>
            }
        })
        .collect();
    let partial = (count > PAGE).then(|| {
        let words = t!("table-the-first-of-in-this", value = grouped(PAGE), count = grouped(count));
        view! { <p class="tl-partial">{words}</p> }
    });
    let empty = (count == 0).then(|| controls::nothing(frame));
    view! {
        <section class="tl" aria-label=t!("table-timeline")>
            {controls::toolbar(frame, None)}
            {controls::status(frame, count, None)}
            {partial}
            {empty}
            <div class="tb beside" tabindex="0" role="region" aria-label=t!("table-table-of-events")>
                <table>
                    <thead>
                        <tr>
                            {heading(frame, t!("table-date"), Sort::Date)}
                            {heading(frame, t!("table-event"), Sort::Title)}
                            <th scope="col">{t!("table-parties")}</th>
                            {heading(frame, t!("table-kind"), Sort::Kind)}
                            {heading(frame, t!("table-how-it-is-known"), Sort::Attestation)}
                            {heading(frame, t!("table-known-since"), Sort::Known)}
                            {heading(frame, t!("table-sources"), Sort::Citations)}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {controls::foot(frame)}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::timeline::window::tests::event;

    #[test]
    fn sorts_as_asked() {
        let events = [
            event("a", "2026-01-01", "Zebra"),
            event("b", "2026-01-02", "apple"),
            event("c", "2026-01-03", "Mango"),
        ];
        let order = |sort| {
            let rows = sorted(events.iter().enumerate().collect(), sort);
            rows.into_iter().map(|(_, event)| event.id.0.clone()).collect::<String>()
        };
        assert_eq!(order(Sort::Date), "abc");
        assert_eq!(order(Sort::Latest), "cba");
        assert_eq!(order(Sort::Title), "bca");
    }
}
