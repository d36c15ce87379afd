//! The page on which the API can be read.

use leptos::prelude::*;

use crate::page::Page;
use crate::t;

/// `/api`, from HTML that was drawn from the API's own document.
pub fn reference(html: String) -> Page {
    Page::new(t!("reference-the-api"), move || view! { <div class="api" inner_html=html></div> }.into_any())
        .described(t!("reference-how-programs-read-and-change"))
        .at("/api")
}
