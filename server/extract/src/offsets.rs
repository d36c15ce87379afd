//! Offsets for callers that count in code points.

/// Turns byte offsets of one text into Unicode code-point offsets, in time linear in the text for all calls together
/// when they come in ascending order.
///
/// ```
/// let mut points = impasse_extract::CodePoints::new("né 2026");
/// assert_eq!((points.at(4), points.at(8)), (3, 7));
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> CodePoints<'a> {
    /// Counts in the given text.
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, point: 0 }
    }

    /// The code points before a byte offset. An offset past the end, or inside a character, counts as the next
    /// boundary below it.
    pub fn at(&mut self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.point
    }
}
