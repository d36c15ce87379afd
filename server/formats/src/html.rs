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

/// HTML as plain text: without tags, comments, scripts and styles, paragraphs and line breaks kept.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tag = rest.get(at..).unwrap_or_default();
        let name: String =
            tag.chars().skip(1).take_while(|one| one.is_ascii_alphanumeric() || *one == '/').collect();
        let name = name.to_ascii_lowercase();
        let is_tag =
            tag.chars().nth(1).is_some_and(|one| one.is_ascii_alphabetic() || one == '/' || one == '!');
        if !is_tag {
            out.push('<');
            rest = tag.get(1..).unwrap_or_default();
            continue;
        }
        let end = match name.as_str() {
            "script" | "style" => tag
                .to_ascii_lowercase()
                .find(&format!("</{name}"))
                .map(|close| close + tag.get(close..).and_then(|from| from.find('>')).unwrap_or(0)),
            _ if tag.starts_with("<!--") => tag.find("-->").map(|close| close + 2),
            _ => tag.find('>'),
        };
        match name.as_str() {
            "br" | "br/" | "/li" | "/tr" | "/div" => out.push('\n'),
            "/p" | "/h1" | "/h2" | "/h3" | "/h4" | "/blockquote" | "/ul" | "/ol" => out.push_str("\n\n"),
            _ => {}
        }
        rest = end.and_then(|end| tag.get(end + 1..)).unwrap_or_default();
    }
    out.push_str(rest);
    let decoded = html_escape::decode_html_entities(&out);
    let mut lines: Vec<&str> = Vec::new();
    for line in decoded.lines().map(str::trim) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The first address that a link in HTML leads to.
pub(crate) fn first_link(html: &str) -> Option<String> {
    let at = html.to_ascii_lowercase().find("href=")?;
    let value = html.get(at + 5..)?;
    let quote = value.chars().next().filter(|one| matches!(one, '"' | '\''));
    let end = |one: char| quote.map_or(one.is_whitespace() || one == '>', |quote| one == quote);
    let value = value.get(quote.map_or(0, |_| 1)..)?;
    let value = value.get(..value.find(end).unwrap_or(value.len()))?;
    Some(html_escape::decode_html_entities(value).into_owned())
}

/// Text that stands between tags or in an attribute.
pub(crate) fn escape(text: &str) -> String {
    crate::xml::escape(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text() {
        for (html, plain) in [
            ("<p>One <b>two</b></p><p>three<br>four</p>", "One two\n\nthree\nfour"),
            ("a &lt;b&gt; &amp; c", "a <b> & c"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("<script>alert(1)</script>x<!-- y -->z", "xz"),
            ("<p>never closed", "never closed"),
            ("<", "<"),
            ("<style>", ""),
        ] {
            assert_eq!(text(html), plain, "{html}");
        }
        let typed = "A <b>\n\nsecond & \"third\"";
        assert_eq!(text(&paragraphs(typed)), typed);
    }

    #[test]
    fn links_are_found() {
        assert_eq!(
            first_link("<a class=x href='https://e.org/?a=1&amp;b=2'>x</a>").as_deref(),
            Some("https://e.org/?a=1&b=2")
        );
        assert_eq!(first_link("<a href=https://e.org>x</a>").as_deref(), Some("https://e.org"));
        assert_eq!(first_link("no link"), None);
    }
}
