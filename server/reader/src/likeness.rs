//! Whether two texts are one story: the same wire report, rewritten, cut or with another byline.
//!
//! A text is taken as the set of its runs of three words (w-shingling, Broder 1997). Of that set a MinHash signature
//! is kept: one permutation split into bins, empty bins filled from others (Shrivastava 2017), eight bits of each
//! (b-bit MinHash, Li and König 2010). Signatures are of one size however long the text, and comparing two takes less
//! than a microsecond.

use serde::{Deserialize, Serialize};

/// How many bins a signature has. The estimate is off by about 1/√BINS, 5 in 100 at worst.
const BINS: usize = 400;

/// Two texts whose [`likeness`] is at least this count as one origin.
///
/// Half of the shorter text's runs of three words must be in the longer. Light edits (one word in eight) leave about
/// two thirds; two reports of one event by different hands share under a tenth, with the same long quotation in both
/// perhaps a quarter.
pub const SAME_ORIGIN: f64 = 0.5;

/// Texts with fewer runs of three words than this are like no other: a headline is not a story.
const FEWEST: u32 = 12;

/// What is kept of a text to compare it with others. Of fixed size; see [`Fingerprint::to_bytes`] for storing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// How many different runs of three words the text has.
    runs: u32,
    bins: [u8; BINS],
}

impl Fingerprint {
    /// The size of a stored fingerprint: a version, the count of runs, the bins.
    pub const BYTES: usize = 1 + 4 + BINS;

    const VERSION: u8 = 1;

    /// The form that is stored.
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut out = [0; Self::BYTES];
        out[0] = Self::VERSION;
        out[1..5].copy_from_slice(&self.runs.to_le_bytes());
        out[5..].copy_from_slice(&self.bins);
        out
    }

    /// Reads what was stored; `None` when it is of another size or version and has to be made anew.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let (runs, bins) = rest.split_first_chunk::<4>()?;
        (*version == Self::VERSION).then_some(())?;
        Some(Self { runs: u32::from_le_bytes(*runs), bins: bins.try_into().ok()? })
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.to_bytes())
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::deserialize(deserializer)?;
        Self::from_bytes(&bytes).ok_or_else(|| serde::de::Error::custom("not a fingerprint of this version"))
    }
}

/// The fingerprint of a text. Case, punctuation, white space and the kind of quotation marks make no difference.
pub fn fingerprint(text: &str) -> Fingerprint {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}')
        .map(|word| word.trim_matches(['\'', '\u{2019}']))
        .filter(|word| !word.is_empty())
        .map(hash_word)
        .collect();
    let mut runs: Vec<u64> = words
        .windows(3)
        .map(|run| run.iter().fold(0x9e37_79b9_7f4a_7c15, |hash, word| mix(hash ^ word)))
        .collect();
    runs.sort_unstable();
    runs.dedup();
    let mut least = [u64::MAX; BINS];
    for run in &runs {
        let bin = usize::try_from((u128::from(*run) * BINS as u128) >> 64).unwrap_or(0);
        least[bin] = least[bin].min(mix(*run));
    }
    let filled = least;
    if !runs.is_empty() {
        for (at, own) in least.iter_mut().enumerate() {
            let mut attempt = 0_u64;
            // The bin that an empty one borrows from depends on its place alone, so that like texts borrow alike.
            while *own == u64::MAX {
                attempt += 1;
                let from = mix((at as u64) << 32 | attempt) % BINS as u64;
                *own = filled[usize::try_from(from).unwrap_or(0)];
            }
        }
    }
    Fingerprint {
        runs: u32::try_from(runs.len()).unwrap_or(u32::MAX),
        bins: least.map(|hash| hash.to_le_bytes()[0]),
    }
}

/// How much of the shorter text is in the longer, from 0 to 1: the share of its runs of three words, estimated. From
/// [`SAME_ORIGIN`] on two texts count as one origin.
pub fn likeness(a: &Fingerprint, b: &Fingerprint) -> f64 {
    let (shorter, longer) = (a.runs.min(b.runs), a.runs.max(b.runs));
    if shorter < FEWEST {
        return 0.0;
    }
    let equal = a.bins.iter().zip(&b.bins).filter(|(a, b)| a == b).count();
    // One in 256 bins is equal by chance.
    let chance = 1.0 / 256.0;
    let jaccard = ((equal as f64 / BINS as f64 - chance) / (1.0 - chance)).max(0.0);
    let (shorter, longer) = (f64::from(shorter), f64::from(longer));
    let shared = jaccard * (shorter + longer) / (1.0 + jaccard);
    // In a text twenty times as long the estimate drowns in noise.
    if longer > 20.0 * shorter { jaccard } else { (shared / shorter).min(1.0) }
}

fn hash_word(word: &str) -> u64 {
    // FNV-1a over the lower-case letters.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if c == '\u{2019}' { '\'' } else { c };
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// The finaliser of SplitMix64.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "The port authority left talks with the ferry operators on Thursday after eleven weeks, \
        saying that the two sides remained far apart on pay for night crossings. Officials said the authority would \
        now ask a federal mediator to step in. \u{201c}We have run out of road,\u{201d} its director, Lena Marsh, \
        told reporters at the harbour.\n\nThe operators, who run nineteen boats between the islands and the mainland, \
        said they had offered to phase the raise in over three years and were surprised by the walkout. A strike \
        would halt freight for about forty thousand people and cost the islands two million dollars a day, according \
        to a study that the legislature ordered last autumn.\n\nThe contract lapsed on December 31. Crews have worked \
        under its terms since. Unions have called a vote for next Tuesday, and a walkout could begin as early as the \
        following weekend, just as the spring season opens. The governor's office declined to say whether it would \
        seek an order to keep boats running, as it did during the dispute nine years ago.\n\nShares in the largest \
        operator fell four percent in early trading before recovering. Shippers have begun to book space on barges \
        from the south, where rates have doubled since the start of the month.";

    fn like(other: &str) -> f64 {
        likeness(&fingerprint(WIRE), &fingerprint(other))
    }

    #[test]
    fn a_text_is_like_itself_however_it_is_set() {
        assert!(like(WIRE) > 0.999);
        let plain = WIRE.to_uppercase().replace(['\u{201c}', '\u{201d}'], "\"").replace(' ', "\n ");
        assert!(like(&plain) > 0.999);
    }

    #[test]
    fn rewrites_of_one_report_count_as_one_origin() {
        let byline = format!(
            "By Ana Ruiz, Harbour Desk\nPublished Thursday\n\n{WIRE}\n\nAdditional reporting by Tom Pell."
        );
        assert!(like(&byline) > 0.9, "{}", like(&byline));
        let paragraphs: Vec<&str> = WIRE.split("\n\n").collect();
        let cut = paragraphs[..2].join("\n\n");
        assert!(like(&cut) >= SAME_ORIGIN + 0.2, "cut {}", like(&cut));
        let turned = [paragraphs[0], paragraphs[3], paragraphs[2], paragraphs[1]].join("\n\n");
        assert!(like(&turned) > 0.9, "re-ordered {}", like(&turned));
        let edited = WIRE
            .replace("Thursday", "Thursday evening")
            .replace("after eleven weeks", "after nearly three months")
            .replace("Officials said", "Officials added that")
            .replace("far apart", "deeply divided")
            .replace("step in", "intervene")
            .replace("surprised", "taken aback")
            .replace("according to a study", "a study found")
            .replace("as early as", "by")
            .replace("declined to say", "would not say")
            .replace("early trading", "morning trade")
            .replace("have begun to book", "are booking");
        assert!(like(&edited) >= SAME_ORIGIN + 0.1, "edited {}", like(&edited));
        let shorter = format!("{} {}", edited.split("\n\n").next().unwrap(), paragraphs[2]);
        assert!(like(&shorter) >= SAME_ORIGIN + 0.05, "edited and cut {}", like(&shorter));
    }

    #[test]
    fn another_report_of_the_same_event_is_its_own_origin() {
        let other = "Negotiations over wages for crews on night ferries broke down late Thursday, and the head of the \
            port authority said a mediator from Washington should be brought in. Lena Marsh spoke outside the terminal \
            in light rain, flanked by two deputies. \u{201c}We have run out of road,\u{201d} she said. Owners of the \
            boats described the move as sudden. Their lawyer said an offer to spread the increase over three years was \
            still on the table, and that no reply had come by the evening. On the islands, grocers were already \
            counting what a stoppage would mean: most of what they sell arrives by boat, and a report commissioned by \
            lawmakers put the loss at two million dollars a day. The old agreement ended with the year. Members will \
            vote next week. Nine years ago a court kept the boats running; asked whether the state would try that \
            again, an aide to the governor would not be drawn.";
        assert!(like(other) < 0.2, "{}", like(other));
        let unrelated = "A committee of the assembly approved a plan to scan cargo at three inland depots, with the \
            first machines due in two years. The plan passed by one vote after a long debate about cost.";
        assert!(like(unrelated) < 0.1, "{}", like(unrelated));
    }

    #[test]
    fn short_and_empty_texts_are_like_nothing() {
        let none = fingerprint("");
        assert_eq!(likeness(&none, &none), 0.0);
        let headline = fingerprint("Port authority leaves ferry talks");
        assert_eq!(likeness(&headline, &headline), 0.0);
        assert_eq!(like(&WIRE[..60]), 0.0);
    }

    #[test]
    fn fingerprints_are_stored_and_read() {
        let print = fingerprint(WIRE);
        assert_eq!(Fingerprint::from_bytes(&print.to_bytes()), Some(print));
        assert_eq!(Fingerprint::from_bytes(&print.to_bytes()[1..]), None);
        let mut other = print.to_bytes();
        other[0] = 9;
        assert_eq!(Fingerprint::from_bytes(&other), None);
        let json = serde_json::to_string(&print).unwrap();
        assert_eq!(serde_json::from_str::<Fingerprint>(&json).unwrap(), print);
    }
}
