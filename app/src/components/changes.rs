//! What differs between two states, for people.

use leptos::prelude::*;

use crate::model::difference::Difference;
use crate::model::wording::{Piece, pieces};

/// The fields in which two states differ, each with what it said and what it says; nothing if there are none.
pub fn change_list(differences: &[Difference]) -> Option<AnyView> {
    if differences.is_empty() {
        return None;
    }
    let rows: Vec<_> = differences
        .iter()
        .map(|difference| {
            view! { <div><dt>{difference.label}</dt><dd>{change(difference)}</dd></div> }
        })
        .collect();
    Some(view! { <dl class="changes">{rows}</dl> }.into_any())
}

/// What one field said and what it says. Of texts of some length the words are marked that were changed; what is short
/// stands before and after an arrow, since there the whole is what one compares.
fn change(difference: &Difference) -> AnyView {
    let Difference { old, new, is_text, .. } = difference;
    match (old.is_empty(), new.is_empty()) {
        (true, _) => view! { <ins>{new.clone()}</ins> }.into_any(),
        (false, true) => view! { <del>{old.clone()}</del> }.into_any(),
        (false, false) if *is_text => marked_words(old, new),
        (false, false) => view! {
            <del>{old.clone()}</del>
            <span class="changes-to">" → "</span>
            <ins>{new.clone()}</ins>
        }
        .into_any(),
    }
}

/// A text with the words marked that were changed.
pub fn marked_words(old: &str, new: &str) -> AnyView {
    let pieces: Vec<_> = pieces(old, new)
        .into_iter()
        .map(|piece| match piece {
            Piece::Same(text) => text.into_any(),
            Piece::Gone(text) => view! { <del>{text}</del> }.into_any(),
            Piece::New(text) => view! { <ins>{text}</ins> }.into_any(),
        })
        .collect();
    view! { <span class="changes-text">{pieces}</span> }.into_any()
}
