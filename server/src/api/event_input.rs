//! What an event is made or changed from.

use impasse_app::forms::read_event;
use impasse_app::model::date::EventDate;
use impasse_app::model::due;
use impasse_app::model::event::{self, CitationDraft, EventDraft};
use impasse_app::model::id::PartyId;
use impasse_app::model::view::FieldError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::call::{Level, Within};
use super::date::DateInput;
use super::disputes::form;
use super::parties::named;
use super::problem::Problem;
use super::quotes;
use super::schema::patch;
use super::words::{AttributionKind, DueSide, DueState, DueUnit, Importance, Kind, Phase, Role};

/// What an event is made or changed from.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EventInput {
    /// It may be left out where `due.rule` gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<DateInput>,
    /// What, in a few words.
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// What, in a few sentences; plain text.
    #[serde(default)]
    #[schema(max_length = 5_000)]
    description: String,
    kind: Kind,
    phase: Phase,
    /// `normal` if nothing is said.
    #[serde(default = "normal")]
    importance: Importance,
    /// Its place among the events of the same date.
    #[serde(default)]
    #[schema(minimum = -10_000, maximum = 10_000)]
    sequence: i64,
    /// That it is a deadline; null that it is none.
    #[serde(default)]
    due: Option<DueInput>,
    /// The identifier of the event whose step it is, best that of the first step; null for none.
    #[serde(default)]
    step_of: Option<String>,
    /// Who takes part, each party once.
    #[serde(default)]
    #[schema(max_items = 100)]
    parties: Vec<EventPartyInput>,
    /// What it rests on.
    #[serde(default)]
    #[schema(max_items = 200)]
    citations: Vec<CitationInput>,
    /// Why, for the record of changes.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub(super) reason: String,
}

patch!(EventPatch of EventInput);

fn normal() -> Importance {
    event::Importance::Normal.into()
}

/// That an event is a deadline.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DueInput {
    state: DueState,
    /// What its day is counted from; null where it is known by itself.
    #[serde(default)]
    rule: Option<DueRuleInput>,
}

/// How the day of a deadline follows from the date of another event. Calendar days; a month later is the same day of the
/// month, or its last day where the month is too short.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DueRuleInput {
    /// The identifier of the event that is counted from.
    base: String,
    #[schema(minimum = 1, maximum = 10_000)]
    count: u32,
    unit: DueUnit,
    side: DueSide,
}

/// A party’s part in an event.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EventPartyInput {
    /// The party’s key or identifier.
    party: String,
    role: Role,
}

/// A citation: a new one with an article, a quote and an attribution, or one that the event has by its `id`, with what
/// shall be otherwise.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CitationInput {
    /// A citation of this event, to be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The article’s identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    /// The words, exactly as they stand in the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2_000)]
    quote: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attribution: Option<AttributionInput>,
    /// The date that this article gives, where it differs from the event’s or is worded in its own way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<DateInput>,
}

/// Who says so.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AttributionInput {
    kind: AttributionKind,
    /// The wording as printed.
    #[serde(default)]
    #[schema(max_length = 300)]
    wording: String,
    /// How many, where the wording says.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000)]
    count: Option<i64>,
}

impl AttributionInput {
    fn read(&self, field: &str, errors: &mut Vec<FieldError>) -> event::Attribution {
        let wording = self.wording.trim();
        if wording.chars().count() > 300 || wording.chars().any(|c| c.is_control() && c != '\n') {
            let message = "Give at most 300 characters of plain text.";
            errors.push(FieldError::new(&format!("{field}attribution.wording"), message));
        }
        if self.count.is_some_and(|count| !(1..=1_000).contains(&count)) {
            let message = "Give a whole number from 1 to 1000, or nothing.";
            errors.push(FieldError::new(&format!("{field}attribution.count"), message));
        }
        event::Attribution { kind: self.kind.0, wording: wording.to_owned(), count: self.count }
    }
}

impl EventInput {
    /// An event as it is.
    pub(super) fn of(draft: &EventDraft) -> Self {
        let citations = draft.citations.iter().map(|citation| CitationInput {
            id: citation.id.as_ref().map(ToString::to_string),
            ..CitationInput::default()
        });
        let parties = draft
            .parties
            .iter()
            .map(|part| EventPartyInput { party: part.party.to_string(), role: part.role.into() });
        Self {
            date: draft.date.as_ref().map(DateInput::from),
            title: draft.title.clone(),
            description: draft.description.clone(),
            kind: draft.kind.into(),
            phase: draft.phase.into(),
            importance: draft.importance.into(),
            sequence: draft.sequence,
            step_of: draft.step_of.as_ref().map(ToString::to_string),
            due: draft.due.as_ref().map(|due| DueInput {
                state: due.state.into(),
                rule: due.rule.as_ref().map(|rule| DueRuleInput {
                    base: rule.base.to_string(),
                    count: rule.count,
                    unit: rule.unit.into(),
                    side: rule.side.into(),
                }),
            }),
            parties: parties.collect(),
            citations: citations.collect(),
            reason: String::new(),
        }
    }

    /// The same without its citations.
    pub(super) fn uncited(self) -> Self {
        Self { citations: Vec::new(), ..self }
    }

    /// The event, by the rules of the form; `old` are the citations that it has, or that a candidate brings.
    pub(super) async fn read<L: Level>(
        &self,
        within: &Within<L>,
        old: &[CitationDraft],
    ) -> Result<EventDraft, Problem> {
        let mut errors = Vec::new();
        let date = match &self.date {
            Some(date) => date.read("date", within.today, &mut errors),
            None => None,
        };
        let due = self.read_due(&mut errors);
        let is_counted = due.as_ref().is_some_and(|due| due.rule.is_some());
        if self.date.is_none() && !is_counted {
            errors.push(FieldError::new("date", "Give a date, or a rule that says it."));
        }
        // The form's own reading of the date must not fail where another field is looked at.
        let written = date.as_ref().map_or("2000", EventDate::edtf).to_owned();
        let sequence = self.sequence.to_string();
        let form = form([
            ("date", written.as_str()),
            ("title", &self.title),
            ("description", &self.description),
            ("kind", self.kind.0.key()),
            ("phase", self.phase.0.key()),
            ("importance", self.importance.0.key()),
            ("sequence", &sequence),
            ("reason", &self.reason),
        ]);
        let read = read_event(form, &[], &[], within.today).map_err(|form| form.errors);
        let parties = self.read_parties(within, &mut errors).await?;
        let citations = self.read_citations(within, old, &mut errors).await?;
        match read {
            Ok(fields) if errors.is_empty() => {
                let step_of = self.step_of.as_deref().map(Into::into);
                Ok(EventDraft { date, due, step_of, parties, citations, ..fields.draft })
            }
            read => Err(Problem::invalid(&errors).at(&read.err().unwrap_or_default())),
        }
    }

    /// The store looks for the base, and says whether a day can be counted from it.
    fn read_due(&self, errors: &mut Vec<FieldError>) -> Option<due::Due> {
        let given = self.due.as_ref()?;
        let rule = given.rule.as_ref().map(|rule| due::DueRule {
            base: rule.base.as_str().into(),
            count: rule.count,
            unit: rule.unit.0,
            side: rule.side.0,
        });
        if rule.as_ref().is_some_and(|rule| !(1..=due::DueRule::MOST).contains(&rule.count)) {
            let message = format!("Give a whole number from 1 to {}.", due::DueRule::MOST);
            errors.push(FieldError::new("due.rule.count", message));
        }
        Some(due::Due { state: given.state.0, rule })
    }

    async fn read_parties<L: Level>(
        &self,
        within: &Within<L>,
        errors: &mut Vec<FieldError>,
    ) -> Result<Vec<event::EventParty>, Problem> {
        let there = within.server.store.parties(&within.dispute.id).await?;
        let mut parts: Vec<event::EventParty> = Vec::new();
        for (at, part) in self.parties.iter().enumerate() {
            let field = format!("parties[{at}].party");
            let Some(party) = named(&there, &part.party) else {
                errors.push(FieldError::new(&field, "There is no such party in this dispute."));
                continue;
            };
            let is_named = |id: &PartyId| parts.iter().any(|other| other.party == *id);
            if is_named(&party.id) {
                errors.push(FieldError::new(&field, "This party is named twice."));
                continue;
            }
            parts.push(event::EventParty { party: party.id.clone(), role: part.role.0 });
        }
        Ok(parts)
    }

    async fn read_citations<L: Level>(
        &self,
        within: &Within<L>,
        old: &[CitationDraft],
        errors: &mut Vec<FieldError>,
    ) -> Result<Vec<CitationDraft>, Problem> {
        if self.citations.len() > 200 {
            return Err(Problem::invalid_at("citations", "200 citations fit."));
        }
        let mut citations: Vec<CitationDraft> = Vec::new();
        for (at, input) in self.citations.iter().enumerate() {
            let field = format!("citations[{at}].");
            let Some(before) = input.before(old, &citations, &field, errors) else { continue };
            if let Some(citation) = input.read(within, before, &field, errors).await? {
                citations.push(citation);
            }
        }
        Ok(citations)
    }
}

impl CitationInput {
    /// The citation that is kept; the inner none if this is a new one, the outer if there is no such citation.
    fn before<'a>(
        &self,
        old: &'a [CitationDraft],
        taken: &[CitationDraft],
        field: &str,
        errors: &mut Vec<FieldError>,
    ) -> Option<Option<&'a CitationDraft>> {
        let Some(id) = &self.id else { return Some(None) };
        let is_it =
            |citation: &&CitationDraft| citation.id.as_ref().is_some_and(|other| other.as_str() == id);
        let found = old.iter().find(is_it);
        if found.is_none() || taken.iter().any(|citation| is_it(&citation)) {
            let message =
                if found.is_none() { "This event has no such citation." } else { "It is named twice." };
            errors.push(FieldError::new(&format!("{field}id"), message));
            return None;
        }
        Some(found)
    }

    async fn read<L: Level>(
        &self,
        within: &Within<L>,
        before: Option<&CitationDraft>,
        field: &str,
        errors: &mut Vec<FieldError>,
    ) -> Result<Option<CitationDraft>, Problem> {
        let known = errors.len();
        let article = self.article.as_deref().or(before.map(|before| before.article.as_str()));
        let quote = self.quote.as_deref().or(before.map(|before| before.passage.exact.as_str()));
        let given = self.attribution.as_ref().map(|given| given.read(field, errors));
        let attribution = given.or_else(|| before.map(|before| before.attribution.clone()));
        let (Some(article), Some(quote), Some(attribution)) = (article, quote, attribution) else {
            let message = "A new citation needs article, quote and attribution.";
            errors.push(FieldError::new(field.trim_end_matches('.'), message));
            return Ok(None);
        };
        let date = match &self.date {
            Some(date) => date.read(&format!("{field}date"), within.today, errors),
            None => before.and_then(|before| before.date.clone()),
        };
        let unmoved =
            before.filter(|before| before.article.as_str() == article && before.passage.exact == quote);
        let passage = match unmoved {
            Some(before) => Some(before.passage.clone()),
            None => quotes::find(&within.server, &within.dispute, article, quote, field, errors).await?,
        };
        Ok(passage.filter(|_| errors.len() == known).map(|passage| CitationDraft {
            id: before.and_then(|before| before.id.clone()),
            article: article.into(),
            passage,
            attribution,
            date,
        }))
    }
}
