//! How likely an editor is to want a candidate.

use crate::attribution::AttributionKind;
use crate::dating::Dating;
use crate::event::EventKind;
use crate::reader::Scene;
use crate::sections::SectionKind;
use crate::tokens::Tokens;
use crate::triggers::Trigger;

/// Candidates below this score are not worth an editor's time.
pub(crate) const LEAST: f32 = 0.38;

/// The score of an event, and what it was made of, in words. `parties` are those named here and those of the dispute.
pub(crate) fn of(
    t: &Tokens<'_>,
    scene: &Scene<'_>,
    trigger: &Trigger,
    dating: &Dating,
    parties: (usize, usize),
) -> (f32, Vec<String>) {
    let (named, known) = parties;
    let mut reasons =
        vec![format!("\"{}\" tells of a {} event", t.printed(trigger.at), trigger.kind.as_str())];
    let mut score = 0.15 + 0.35 * trigger.strength;
    if dating.printed.is_some() {
        score += 0.2 * dating.confidence;
        reasons.push("the sentence gives a date".to_owned());
    }
    if named > 0 {
        score += if named > 1 { 0.2 } else { 0.15 };
        reasons.push(match named {
            1 => "names one of the parties".to_owned(),
            _ => format!("names {named} of the parties"),
        });
    } else if known == 0 {
        score += 0.08;
    } else {
        reasons.push("names no party".to_owned());
    }
    score += match scene.attribution.kind {
        AttributionKind::OnRecord | AttributionKind::Document | AttributionKind::Declined => 0.08,
        AttributionKind::Spokesperson => 0.06,
        AttributionKind::Unnamed => 0.04,
        _ => 0.0,
    };
    if scene.sentence.section == SectionKind::Lead {
        score += 0.05;
        reasons.push("stands in the lead".to_owned());
    }
    // A verb of no kind of its own, without a date, is as often an aside as an event.
    if trigger.kind == EventKind::Other && dating.printed.is_none() && trigger.strength < 0.6 {
        score -= 0.1;
    }
    (score.clamp(0.0, 1.0), reasons)
}
