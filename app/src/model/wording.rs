//! What differs between two wordings of a text, word by word.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A run of a text that was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It stands in both wordings.
    Same(String),
    /// It stood only in the old one.
    Gone(String),
    /// It stands only in the new one.
    New(String),
}

/// The pieces that turn the old wording into the new one: what is the same and what is gone, in order, is the old
/// wording to the letter; what is the same and what is new is the new one.
///
/// Words and signs are compared whole. Where less than a quarter of the longer wording stays, the two have nothing to
/// do with each other, and the one is replaced by the other.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (tokens(old), tokens(new));
    let mut changes = Changes::default();
    let mut kept = 0;
    for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let gone = before.get(step.old_range()).unwrap_or_default().concat();
        let added = after.get(step.new_range()).unwrap_or_default().concat();
        match step.tag() {
            DiffTag::Equal => {
                kept += gone.trim().len();
                changes.same(&gone);
            }
            DiffTag::Delete | DiffTag::Insert | DiffTag::Replace => changes.change(&gone, &added),
        }
    }
    if kept * 4 < old.trim().len().max(new.trim().len()) {
        changes = Changes::default();
        changes.change(old, new);
    }
    changes.finish()
}

/// Words, runs of white space, and every other sign by itself.
fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Sort {
        Word,
        Space,
        Sign,
    }
    let sort = |c: char| {
        if c.is_alphanumeric() || matches!(c, '’' | '\'') {
            Sort::Word
        } else if c.is_whitespace() {
            Sort::Space
        } else {
            Sort::Sign
        }
    };
    let mut tokens = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, c) in text.char_indices() {
        let now = sort(c);
        if last.as_ref().is_some_and(|last| *last != now || now == Sort::Sign) {
            tokens.extend(text.get(start..at));
            start = at;
        }
        last = Some(now);
    }
    tokens.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    tokens
}

/// Pieces as they are gathered. Changes that only white space separates are one.
#[derive(Default)]
struct Changes {
    pieces: Vec<Piece>,
    gone: String,
    new: String,
    /// White space after a change, of which it is not known yet whether another change follows.
    space: String,
}

impl Changes {
    fn change(&mut self, gone: &str, new: &str) {
        let space = std::mem::take(&mut self.space);
        self.gone.push_str(&space);
        self.gone.push_str(gone);
        self.new.push_str(&space);
        self.new.push_str(new);
    }

    fn same(&mut self, text: &str) {
        let is_open = !self.gone.is_empty() || !self.new.is_empty();
        if is_open && text.chars().all(char::is_whitespace) {
            self.space.push_str(text);
            return;
        }
        self.close();
        match self.pieces.last_mut() {
            Some(Piece::Same(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Same(text.to_owned())),
        }
    }

    fn close(&mut self) {
        for (text, piece) in [
            (std::mem::take(&mut self.gone), Piece::Gone as fn(String) -> Piece),
            (std::mem::take(&mut self.new), Piece::New),
            (std::mem::take(&mut self.space), Piece::Same),
        ] {
            if !text.is_empty() {
                self.pieces.push(piece(text));
            }
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.close();
        self.pieces
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(old: &str, new: &str) -> String {
        let marked = |piece| match piece {
            Piece::Same(text) => text,
            Piece::Gone(text) => format!("[-{text}-]"),
            Piece::New(text) => format!("[+{text}+]"),
        };
        pieces(old, new).into_iter().map(marked).collect()
    }

    #[test]
    fn words_are_marked_whole() {
        assert_eq!(
            marked("The memo was issued on January 9.", "The memo was sent on January 12."),
            "The memo was [-issued-][+sent+] on January [-9-][+12+]."
        );
        assert_eq!(marked("any lawful use", "any lawful use of it"), "any lawful use[+ of it+]");
        assert_eq!(marked("Anthropic’s limits", "Anthropic limits"), "[-Anthropic’s-][+Anthropic+] limits");
    }

    #[test]
    fn neighbouring_changes_are_one() {
        assert_eq!(
            marked("They met for two long hours in all.", "They met for three short days in all."),
            "They met for [-two long hours-][+three short days+] in all."
        );
    }

    #[test]
    fn another_text_replaces_the_old_one() {
        assert_eq!(marked("Talks go on.", "A court rules."), "[-Talks go on.-][+A court rules.+]");
        assert_eq!(marked("", "All new"), "[+All new+]");
        assert_eq!(marked("a b", "a b"), "a b");
    }

    proptest! {
        #[test]
        fn both_wordings_are_in_the_pieces(old in "([ab’é.,] ?|\\PC){0,20}", new in "([ab’é.,] ?|\\PC){0,20}") {
            let (mut before, mut after) = (String::new(), String::new());
            for piece in pieces(&old, &new) {
                match piece {
                    Piece::Same(text) => {
                        before.push_str(&text);
                        after.push_str(&text);
                    }
                    Piece::Gone(text) => before.push_str(&text),
                    Piece::New(text) => after.push_str(&text),
                }
            }
            prop_assert_eq!((before, after), (old, new));
        }

        #[test]
        fn the_same_wording_has_no_changes(text in "\\PC{0,40}") {
            prop_assert!(pieces(&text, &text).iter().all(|piece| matches!(piece, Piece::Same(_))));
        }
    }
}
