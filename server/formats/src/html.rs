//! HTML for programs that take a little of it in their texts.

/// Text as HTML, its line breaks kept.
pub(crate) fn paragraphs(text: &str) -> String {
    let parts: Vec<String> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| format!("<p>{}</p>", escape(part).replace('\n', "<br>")))
        .collect();
    parts.concat()
}

/// Text that stands between tags or in an attribute.
pub(crate) fn escape(text: &str) -> String {
    crate::xml::escape(text)
}
