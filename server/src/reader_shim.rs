//! TEMPORARY until impasse-reader has these.
#![allow(missing_docs)]
#[derive(Clone, Copy)]
pub struct Fingerprint([u8; 64]);
impl Fingerprint {
    pub const BYTES: usize = 64;
    pub fn to_bytes(&self) -> [u8; 64] {
        self.0
    }
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}
pub const SAME_ORIGIN: f64 = 0.6;
pub fn fingerprint(text: &str) -> Fingerprint {
    use sha2::Digest;
    let mut out = [255u8; 64];
    for w in text.split_whitespace().collect::<Vec<_>>().windows(3) {
        let h = sha2::Sha256::digest(w.join(" ").as_bytes());
        for (i, o) in out.iter_mut().enumerate() {
            *o = (*o).min(h[i % 32] ^ (i as u8));
        }
    }
    Fingerprint(out)
}
pub fn likeness(a: &Fingerprint, b: &Fingerprint) -> f64 {
    a.0.iter().zip(&b.0).filter(|(a, b)| a == b).count() as f64 / 64.0
}
pub struct QuoteContext<'a> {
    pub exact: &'a str,
    pub prefix: &'a str,
    pub suffix: &'a str,
}
pub enum QuoteState {
    StillThere,
    Edited { now: String, similarity: f64 },
    Gone,
}
pub fn check_quote(quote: &QuoteContext<'_>, text: &str) -> QuoteState {
    if text.contains(quote.exact) {
        return QuoteState::StillThere;
    }
    if let Some(at) = text.find(quote.prefix) {
        let now: String = text[at + quote.prefix.len()..].chars().take(quote.exact.chars().count()).collect();
        return QuoteState::Edited { now, similarity: 0.5 };
    }
    QuoteState::Gone
}
