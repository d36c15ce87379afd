//! The page on which the API can be read.

use leptos::prelude::*;

use crate::page::Page;

/// `/api`, from HTML that was drawn from the API's own document.
pub fn reference(html: String) -> Page {
    Page::new("The API", move || view! { <div class="api" inner_html=html></div> }.into_any())
        .described("How programs read and change the timelines of this site.")
        .at("/api")
}
