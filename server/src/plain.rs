//! The words of HTML, roughly: for finding words in it, not for reading.

/// The text between the tags, with entities resolved and without scripts and styles. Each tag becomes a blank.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let after = tag.get(1..).unwrap_or_default();
        if let Some(end) = ["script", "style"].iter().find_map(|name| end_of(after, name)) {
            rest = after.get(end..).unwrap_or_default();
            continue;
        }
        // What begins no tag is text: “a < b”.
        if !after.starts_with(|c: char| c.is_alphabetic() || "/!?".contains(c)) {
            text.push('<');
            rest = after;
            continue;
        }
        // Without an end here there is none further on either.
        let Some(end) = after.find('>') else {
            rest = tag;
            break;
        };
        text.push(' ');
        rest = after.get(end + 1..).unwrap_or_default();
    }
    text.push_str(rest);
    html_escape::decode_html_entities(&text).into_owned()
}

/// Where an element that begins here ends, if it is of this name: at its end tag, or with the text.
fn end_of(tag: &str, name: &str) -> Option<usize> {
    let is_it = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && tag.get(name.len()..)?.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
    let ends = |at: usize| {
        let end = tag.get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    is_it.then(|| tag.match_indices("</").map(|(at, _)| at).find(|at| ends(*at)).unwrap_or(tag.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> String {
        plain(html).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_taken_out_of_html() {
        assert_eq!(words("<p>a&amp;b &lt; c</p><br/>d"), "a&b < c d");
        assert_eq!(words("1 < 2 and 3<4"), "1 < 2 and 3<4");
        assert_eq!(words("cut <b"), "cut <b");
        assert_eq!(words("&nosuch; &"), "&nosuch; &");
        assert_eq!(
            words("a<SCRIPT type=x>if (a</b>) {}</Script>b<style>p{}</style >c<scripted>d"),
            "a b c d"
        );
        assert_eq!(words("a<script>never ends"), "a");
        // Neither takes long.
        assert_eq!(words(&"<".repeat(1_000_000)).len(), 1_000_000);
        assert_eq!(words(&"<a".repeat(500_000)).len(), 1_000_000);
    }
}
