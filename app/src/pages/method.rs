//! How a timeline is made: what belongs on it, how well its events are attested, how dates are written, what the marks
//! mean. For a reader who has to defend a date, or doubts one.

use leptos::prelude::*;

use super::{entry, trail};
use crate::components::timeline::{key_list, shapes};
use crate::model::date::EventDate;
use crate::model::dispute::Dispute;
use crate::model::event::{Attestation, Phase};
use crate::model::view::View;
use crate::page::{Page, PageError, PageRequest};

/// Dates as they are kept, each of a sort of its own, with what they say of when something was.
const DATES: [(&str, &str); 8] = [
    ("2026-01-09", "On that day."),
    ("2026-01", "On one day of that month, or throughout; no source says more."),
    ("2026-01-09~", "The source says “about”, “around” or the like."),
    ("2026-01-09?", "The source is not sure."),
    ("2025-12-01/2026-01-29", "It lasted from the one day to the other."),
    ("2025-09/..", "It began then and still goes on."),
    ("[2026-03-05..2026-03-09]", "Once, on one of these days."),
    ("[..2026-02-27]", "Once, on that day at the latest."),
];

/// `/d/{slug}/method`
pub async fn method(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let (dispute, _) = entry(request, slug).await?;
    let outline = request.cache.outline(&request.store, &dispute, &View::default()).await?;
    let counts: Vec<(Attestation, usize)> = Attestation::PRECEDENCE
        .iter()
        .map(|kind| (*kind, outline.iter().filter(|event| event.attestation == *kind).count()))
        .collect();
    let described = format!(
        "How the timeline of {} is made: what belongs on it, how its dates are attested and written.",
        dispute.title
    );
    let visibility = dispute.visibility;
    let canonical = format!("/d/{}/method", dispute.slug);
    let page = Page::new(format!("Method: {}", dispute.title), move || {
        view! {
            {trail(&dispute, &[])}
            <div class="method">
                <h1>"How this timeline is made"</h1>
                {belongs(&dispute)}
                {attested(&dispute, &counts)}
                {origins()}
                {dates()}
                {marks()}
                {phases()}
                <section aria-labelledby="keys">
                    <h2 id="keys">"Keys"</h2>
                    <p>"Where scripts run, the timeline is used from the keyboard as well as with a pointer."</p>
                    {key_list()}
                </section>
                {changes(&dispute)}
            </div>
        }
        .into_any()
    });
    Ok(page.described(described).at(canonical).seen_by(visibility))
}

fn belongs(dispute: &Dispute) -> AnyView {
    let rule = if dispute.inclusion_rule.is_empty() {
        view! { <p class="empty">"Its editors have not written a rule down yet."</p> }.into_any()
    } else {
        view! { <blockquote class="method-rule"><p>{dispute.inclusion_rule.clone()}</p></blockquote> }
            .into_any()
    };
    view! {
        <section aria-labelledby="belongs">
            <h2 id="belongs">"What belongs on it"</h2>
            {rule}
            <p>
                "Every event is tied to the exact words in an article that say so, with who says it. Articles are searched \
                for dated events by rules, not by a language model; what is found waits until an editor has looked at it and \
                accepted, changed or rejected it. What was said to be coming is never kept as done."
            </p>
        </section>
    }
    .into_any()
}

fn attested(dispute: &Dispute, counts: &[(Attestation, usize)]) -> AnyView {
    let slug = &dispute.slug;
    let rows: Vec<_> = counts
        .iter()
        .map(|(kind, count)| {
            let view = View { attestations: vec![*kind], ..View::default() };
            let number = match count {
                0 => view! { "none" }.into_any(),
                _ => {
                    let label = match count {
                        1 => "1 event".to_owned(),
                        _ => format!("{count} events"),
                    };
                    view! { <a href=format!("/d/{slug}{}", view.query_string())>{label}</a> }.into_any()
                }
            };
            view! {
                <div class=format!("a-{}", kind.key())>
                    <dt><i class="hd"></i><span>{kind.label()}</span></dt>
                    <dd>{kind.rule()}" "<span class="soft">"Here: "{number}"."</span></dd>
                </div>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="attested">
            <h2 id="attested">"How well an event is attested"</h2>
            <p>
                "That is worked out from the event’s citations and from nothing else; no editor sets it. The rules are tried \
                in this order, and the first that applies holds:"
            </p>
            <dl class="method-list">{rows}</dl>
        </section>
    }
    .into_any()
}

fn origins() -> AnyView {
    view! {
        <section aria-labelledby="origins">
            <h2 id="origins">"What counts as an independent origin"</h2>
            <p>
                "Articles of one publisher are one origin. So are articles whose texts are nearly the same, whoever \
                published them: a story that an agency sent to thirty papers counts once. Where one article is like a second \
                and the second is of the same publisher as a third, all three are one origin."
            </p>
            <p>
                "Named or unnamed is kept apart from that. Sources without a name are kept in the words of the article, with \
                how many they are where it says so (“six people familiar with the talks”); several unnamed sources in one \
                article are still one origin."
            </p>
        </section>
    }
    .into_any()
}

fn dates() -> AnyView {
    let rows: Vec<_> = DATES
        .iter()
        .filter_map(|(edtf, meaning)| {
            let words = EventDate::parse(edtf).ok()?.words();
            Some(view! {
                <tr><th scope="row">{words}</th><td>{*meaning}</td><td><code>{*edtf}</code></td></tr>
            })
        })
        .collect();
    view! {
        <section aria-labelledby="dates">
            <h2 id="dates">"How dates are written"</h2>
            <p>
                "A date says as much as its sources do, and no more. It is kept as an expression of EDTF (ISO 8601-2), with the \
                words in which the source gives it:"
            </p>
            <div class="table-wrap" role="region" aria-label="Examples of dates" tabindex="0">
                <table class="method-dates">
                    <thead>
                        <tr><th scope="col">"In words"</th><th scope="col">"What it says"</th><th scope="col">"As it is kept"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p>
                "“Last Thursday” and “two weeks ago” are counted from the day on which the article was published, or from the \
                event that it counts from; the event’s panel says which rule did it, and from what. Where that day is in doubt, \
                the article waits until an editor has settled it. A date that can be read in two ways, as 3/4/2026, is never \
                guessed: an editor chooses. Days and times are those of the source; a time without a zone is taken as it stands."
            </p>
            <p>
                "Where sources give dates that cannot both be right, each citation keeps its own, and the event says so."
            </p>
        </section>
    }
    .into_any()
}

fn marks() -> AnyView {
    view! {
        <section aria-labelledby="marks">
            <h2 id="marks">"What the marks mean"</h2>
            <p>
                "The head of a mark says how the event is known, and looks as it does beside the rules above. Its body says \
                when it was:"
            </p>
            <div class="method-shapes">{shapes()}</div>
            <p>
                "Two clocks run through the timeline: when something happened, which is where it stands, and when it became \
                known, which is the earliest day of publication among its citations. “As known on” shows only what had been \
                published by the end of a day."
            </p>
        </section>
    }
    .into_any()
}

fn phases() -> AnyView {
    let names: Vec<String> =
        Phase::ALL.iter().map(|phase| format!("“{}”", phase.label().to_lowercase())).collect();
    view! {
        <section aria-labelledby="phases">
            <h2 id="phases">"Announced is not done"</h2>
            <p>
                {format!("Each event says how far the thing had gone: {}. ", names.join(", "))}
                "An announcement stays an announcement when the thing is done later; that is an event of its own."
            </p>
        </section>
    }
    .into_any()
}

fn changes(dispute: &Dispute) -> AnyView {
    let path = format!("/d/{}", dispute.slug);
    view! {
        <section aria-labelledby="changes">
            <h2 id="changes">"What is changed later"</h2>
            <p>
                "Every change is kept with who made it, when and why, in the "<a href=format!("{path}/history")>"history"</a>", \
                from which the dispute can be seen as it stood at any time. What was put right in events that were published \
                already is told in the "<a href=format!("{path}/corrections")>"corrections"</a>". A frozen link shows tomorrow \
                what it showed today."
            </p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_date_that_is_explained_can_be_read() {
        for (edtf, _) in DATES {
            let date = EventDate::parse(edtf).unwrap();
            assert_ne!(date.words(), edtf, "in words");
        }
    }

    #[test]
    fn every_attestation_is_explained_once() {
        let mut explained = Attestation::PRECEDENCE.to_vec();
        explained.sort_unstable();
        let mut all = Attestation::ALL.to_vec();
        all.sort_unstable();
        assert_eq!(explained, all);
    }
}
