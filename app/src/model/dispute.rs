//! Disputes, their parties, and what the parties hold.

use serde::{Deserialize, Serialize};

use super::article::Passage;
use super::choice::choices;
use super::date::EventDate;
use super::id::{ArticleId, DisputeId, PartyId, PositionId};
use super::role::Visibility;

choices! {
    /// How a dispute stands.
    Status in "status" {
        /// Moving.
        Open = "open";
        /// At an impasse.
        Stalled = "stalled";
        /// Ended by agreement or ruling.
        Settled = "settled";
        /// Nothing happens, nothing ended.
        Dormant = "dormant";
    }
}

choices! {
    /// What sort of actor a party is.
    PartyKind in "party-kind" {
        /// A ministry, department or agency.
        Government = "government";
        /// A company.
        Company = "company";
        /// A court or tribunal.
        Court = "court";
        /// A legislature or a part of one.
        Legislature = "legislature";
        /// A union, association, campaign or other organisation.
        Organisation = "organisation";
        /// A person.
        Person = "person";
        /// Anything else.
        Other = "other";
    }
}

/// What a timeline is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Its identifier.
    pub id: DisputeId,
    /// The name in its address: lower-case letters, digits and hyphens.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a few sentences.
    pub summary: String,
    /// The question at stake.
    pub question: String,
    /// How it stands.
    pub status: Status,
    /// Which events belong on the timeline and which do not.
    pub inclusion_rule: String,
    /// Who may read it. Revisions of before there were others have none: those disputes were public.
    #[serde(default)]
    pub visibility: Visibility,
    /// Whether everybody who may read it may suggest events.
    #[serde(default)]
    pub takes_suggestions: bool,
    /// Counts up with every change to the dispute's own fields.
    pub version: i64,
    /// The number of the last revision of anything in the dispute; the same number means the same content.
    pub revision: i64,
}

/// What is needed to make or change a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeDraft {
    /// See [`Dispute::slug`].
    pub slug: String,
    /// See [`Dispute::title`].
    pub title: String,
    /// See [`Dispute::summary`].
    pub summary: String,
    /// See [`Dispute::question`].
    pub question: String,
    /// See [`Dispute::status`].
    pub status: Status,
    /// See [`Dispute::inclusion_rule`].
    pub inclusion_rule: String,
}

/// A dispute in the list of disputes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeSummary {
    /// The dispute.
    pub dispute: Dispute,
    /// How many events it has.
    pub events: i64,
    /// The title and date of its latest event that has already begun.
    pub latest: Option<(String, EventDate)>,
    /// Where its events crowd; none if it has none.
    pub density: Option<Density>,
}

/// How many events stand in each part of the time that a dispute takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Density {
    /// Where the first event stands, in minutes; see [`EventDate::sorts_at`].
    pub first: i64,
    /// Where the last event stands.
    pub last: i64,
    /// How many events stand in each of [`Density::BINS`] equal parts, in time order. The middle of the first part is at
    /// the first event, that of the last part at the last.
    pub bins: Vec<i64>,
}

impl Density {
    /// How many parts there are.
    pub const BINS: i64 = 48;

    /// Counts events by where they stand; none if there are none.
    pub fn of(moments: impl Iterator<Item = i64> + Clone) -> Option<Self> {
        let (first, last) = (moments.clone().min()?, moments.clone().max()?);
        let mut density =
            Self { first, last, bins: vec![0; usize::try_from(Self::BINS).unwrap_or_default()] };
        for moment in moments {
            let at = density.bin(moment);
            if let Some(bin) = density.bins.get_mut(at) {
                *bin += 1;
            }
        }
        Some(density)
    }

    /// The part in which an event at this moment is counted.
    pub fn bin(&self, moment: i64) -> usize {
        let span = (self.last - self.first).max(1);
        usize::try_from((2 * (moment - self.first) * (Self::BINS - 1) + span) / (2 * span))
            .unwrap_or_default()
    }
}

/// An actor in a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its identifier.
    pub id: PartyId,
    /// The name in addresses, unique in the dispute.
    pub key: String,
    /// Its usual name.
    pub name: String,
    /// Other names, such as Pentagon for the Department of Defense.
    pub aliases: Vec<String>,
    /// What sort of actor.
    pub kind: PartyKind,
    /// Place in the dispute's own order of lanes.
    pub place: i64,
}

/// What is needed to make or change a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyDraft {
    /// See [`Party::key`].
    pub key: String,
    /// See [`Party::name`].
    pub name: String,
    /// See [`Party::aliases`].
    pub aliases: Vec<String>,
    /// See [`Party::kind`].
    pub kind: PartyKind,
}

/// What a party holds, from when it is first known to hold it until it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Its identifier.
    pub id: PositionId,
    /// Who holds it.
    pub party: PartyId,
    /// What is held, in one sentence.
    pub statement: String,
    /// While it is held; an open end means still.
    pub date: EventDate,
    /// The words that show it.
    pub source: Option<PositionSource>,
}

/// Where a position is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionSource {
    /// The article.
    pub article: ArticleId,
    /// The words.
    pub passage: Passage,
}

/// What is needed to make or change a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionDraft {
    /// See [`Position::party`].
    pub party: PartyId,
    /// See [`Position::statement`].
    pub statement: String,
    /// See [`Position::date`].
    pub date: EventDate,
    /// See [`Position::source`].
    pub source: Option<PositionSource>,
}
