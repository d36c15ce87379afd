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
use crate::timeline::count::events;
use crate::{marked, t};

/// Dates as they are kept, each of a sort of its own, with what they say of when something was.
fn examples() -> [(&'static str, &'static str); 8] {
    [
        ("2026-01-09", t!("method-on-that-day")),
        ("2026-01", t!("method-on-one-day-of-that")),
        ("2026-01-09~", t!("method-the-source-says-about-around")),
        ("2026-01-09?", t!("method-the-source-is-not-sure")),
        ("2025-12-01/2026-01-29", t!("method-it-lasted-from-the-one")),
        ("2025-09/..", t!("method-it-began-then-and-still")),
        ("[2026-03-05..2026-03-09]", t!("method-once-on-one-of-these")),
        ("[..2026-02-27]", t!("method-once-on-that-day-at")),
    ]
}

/// `/d/{slug}/method`
pub async fn method(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let (dispute, _) = entry(request, slug).await?;
    let outline = request.cache.outline(&request.store, &dispute, &View::default()).await?;
    let counts: Vec<(Attestation, usize)> = Attestation::PRECEDENCE
        .iter()
        .map(|kind| (*kind, outline.iter().filter(|event| event.attestation == *kind).count()))
        .collect();
    let described = t!("method-how-the-timeline-of-is", title = dispute.title);
    let visibility = dispute.visibility;
    let canonical = format!("/d/{}/method", dispute.slug);
    let page = Page::new(t!("method-method", title = dispute.title), move || {
        view! {
            {trail(&dispute, &[])}
            <div class="method">
                <h1>{t!("method-how-this-timeline-is-made")}</h1>
                {belongs(&dispute)}
                {attested(&dispute, &counts)}
                {origins()}
                {dates()}
                {marks()}
                {phases()}
                <section aria-labelledby="keys">
                    <h2 id="keys">{t!("method-keys")}</h2>
                    <p>{t!("method-where-scripts-run-the-timeline")}</p>
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
        view! { <p class="empty">{t!("method-its-editors-have-not-written")}</p> }.into_any()
    } else {
        view! { <blockquote class="method-rule"><p>{dispute.inclusion_rule.clone()}</p></blockquote> }
            .into_any()
    };
    view! {
        <section aria-labelledby="belongs">
            <h2 id="belongs">{t!("method-what-belongs-on-it")}</h2>
            {rule}
            <p>
                {t!("method-every-event-is-tied-to")}
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
            let href = format!("/d/{slug}{}", view.query_string());
            let here = match count {
                0 => vec![t!("method-here-none").into_any()],
                count => marked!(
                    "method-here", events = events(*count);
                    a = |words| view! { <a href=href.clone()>{words}</a> },
                ),
            };
            view! {
                <div class=format!("a-{}", kind.key())>
                    <dt><i class="hd"></i><span>{kind.label()}</span></dt>
                    <dd>{kind.rule()}" "<span class="soft">{here}</span></dd>
                </div>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="attested">
            <h2 id="attested">{t!("method-how-well-an-event-is")}</h2>
            <p>
                {t!("method-that-is-worked-out-from")}
            </p>
            <dl class="method-list">{rows}</dl>
        </section>
    }
    .into_any()
}

fn origins() -> AnyView {
    view! {
        <section aria-labelledby="origins">
            <h2 id="origins">{t!("method-what-counts-as-an-independent")}</h2>
            <p>
                {t!("method-articles-of-one-publisher-are")}
            </p>
            <p>
                {t!("method-named-or-unnamed-is-kept")}
            </p>
        </section>
    }
    .into_any()
}

fn dates() -> AnyView {
    let rows: Vec<_> = examples()
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
            <h2 id="dates">{t!("method-how-dates-are-written")}</h2>
            <p>
                {t!("method-a-date-says-as-much")}
            </p>
            <div class="table-wrap" role="region" aria-label=t!("method-examples-of-dates") tabindex="0">
                <table class="method-dates">
                    <thead>
                        <tr><th scope="col">{t!("method-in-words")}</th><th scope="col">{t!("method-what-it-says")}</th><th scope="col">{t!("method-as-it-is-kept")}</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p>
                {t!("method-last-thursday-and-two-weeks")}
            </p>
            <p>
                {t!("method-where-sources-give-dates-that")}
            </p>
        </section>
    }
    .into_any()
}

fn marks() -> AnyView {
    view! {
        <section aria-labelledby="marks">
            <h2 id="marks">{t!("method-what-the-marks-mean")}</h2>
            <p>
                {t!("method-the-head-of-a-mark")}
            </p>
            <div class="method-shapes">{shapes()}</div>
            <p>
                {t!("method-two-clocks-run-through-the")}
            </p>
        </section>
    }
    .into_any()
}

fn phases() -> AnyView {
    let names: Vec<String> =
        Phase::ALL.iter().map(|phase| t!("method-phase", phase = phase.label().to_lowercase())).collect();
    view! {
        <section aria-labelledby="phases">
            <h2 id="phases">{t!("method-announced-is-not-done")}</h2>
            <p>
                {t!("method-phases", phases = names.join(", "))}" "
                {t!("method-an-announcement-stays-an-announcement")}
            </p>
        </section>
    }
    .into_any()
}

fn changes(dispute: &Dispute) -> AnyView {
    let path = format!("/d/{}", dispute.slug);
    view! {
        <section aria-labelledby="changes">
            <h2 id="changes">{t!("method-what-is-changed-later")}</h2>
            <p>
                {marked!(
                    "method-changes";
                    history = |words| view! { <a href=format!("{path}/history")>{words}</a> },
                    corrections = |words| view! { <a href=format!("{path}/corrections")>{words}</a> },
                )}
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
        for (edtf, _) in examples() {
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
