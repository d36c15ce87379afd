//! What kinds of event there are, and how far one has come.

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A memo, directive, order or letter.
    Memo,
    /// Talks, meetings, offers, and their breakdown.
    Negotiation,
    /// Something said in public, or the refusal to say anything.
    Statement,
    /// A contract or agreement made, changed or ended.
    Contract,
    /// A suit, petition, motion or appeal filed.
    Filing,
    /// A decision of a court or tribunal.
    Ruling,
    /// A bill, vote, law or regulation.
    Legislation,
    /// A day by which something is due.
    Deadline,
    /// A report, study or article published.
    Report,
    /// Anything else.
    Other,
}

impl EventKind {
    /// The name in lower case, as stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Memo => "memo",
            Self::Negotiation => "negotiation",
            Self::Statement => "statement",
            Self::Contract => "contract",
            Self::Filing => "filing",
            Self::Ruling => "ruling",
            Self::Legislation => "legislation",
            Self::Deadline => "deadline",
            Self::Report => "report",
            Self::Other => "other",
        }
    }
}

/// How far an event has come, as the article tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Said to be coming, or due.
    Announced,
    /// Happened.
    Done,
    /// Took effect.
    InEffect,
}

impl Phase {
    /// The name in lower case, as stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Done => "done",
            Self::InEffect => "in_effect",
        }
    }
}
