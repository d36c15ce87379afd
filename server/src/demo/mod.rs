//! The demo dispute: what was reported on 29 January 2026 of the talks between the Pentagon and Anthropic, told anew
//! in a demo article of our own, to which every citation points.

use chrono::NaiveDate;
use impasse_app::model::article::{ArticleDraft, Passage};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{
    Dispute, DisputeDraft, PartyDraft, PartyKind, PositionDraft, PositionSource, Status,
};
use impasse_app::model::event::{
    Attribution, AttributionKind, CitationDraft, EventDraft, EventParty, Importance, Kind, Phase, Role,
};
use impasse_app::model::id::{ArticleId, DisputeId, PartyId};
use impasse_app::model::revision::Actor;
use impasse_app::model::role::Reader;
use impasse_app::store::{Result, SharedStore, StoreError};

/// The demo's address.
pub const SLUG: &str = "pentagon-anthropic";

const TEXT: &str = include_str!("article.txt");

/// Loads the demo dispute.
///
/// # Errors
/// Those of the store; [`StoreError::Taken`] if it is there already.
pub async fn load(store: &SharedStore) -> Result<Dispute> {
    let by = Actor::system();
    let dispute = store
        .add_dispute(
            &by,
            &DisputeDraft {
                slug: SLUG.to_owned(),
                title: "Pentagon and Anthropic: safeguards on military AI".to_owned(),
                summary: "The Defense Department wants to use commercial AI for any lawful purpose. Anthropic keeps \
                    limits that rule out weapons that aim themselves and surveillance at home. Weeks of contract \
                    talks have not brought them together."
                    .to_owned(),
                question: "May a company’s usage policy limit what the military does with its AI?".to_owned(),
                status: Status::Stalled,
                inclusion_rule: "What either side did, said or decided about the limits on use, and the documents \
                    they rely on. No forecasts, no commentary. This demo rests on one article told anew, of 29 \
                    January 2026."
                    .to_owned(),
            },
        )
        .await?;
    let department = PartyDraft {
        key: "defense-department".to_owned(),
        name: "Defense Department".to_owned(),
        aliases: [
            "Pentagon",
            "Department of Defense",
            "Department of War",
            "U.S. Department of Defense",
            "DoD",
        ]
        .map(str::to_owned)
        .to_vec(),
        kind: PartyKind::Government,
    };
    let company = PartyDraft {
        key: "anthropic".to_owned(),
        name: "Anthropic".to_owned(),
        aliases: Vec::new(),
        kind: PartyKind::Company,
    };
    let department = store.add_party(&by, &dispute.id, &department).await?.id;
    let company = store.add_party(&by, &dispute.id, &company).await?.id;
    let article = ArticleDraft {
        url: None,
        publisher: "Impasse demo desk".to_owned(),
        title: "Pentagon and Anthropic at an impasse over limits on military AI".to_owned(),
        byline: String::new(),
        published: NaiveDate::from_ymd_opt(2026, 1, 29),
        text: TEXT.trim().to_owned(),
        ..ArticleDraft::default()
    };
    let (article, _) = store.add_article(&by, &dispute.id, &article, &[]).await?;
    let demo = Demo { store, by, dispute: &dispute.id, article: &article.id, department, company };
    demo.add_events().await?;
    demo.add_positions().await?;
    store.dispute(&Reader::Program, SLUG).await.map(|(dispute, _)| dispute)
}

struct Demo<'a> {
    store: &'a SharedStore,
    by: Actor,
    dispute: &'a DisputeId,
    article: &'a ArticleId,
    department: PartyId,
    company: PartyId,
}

impl Demo<'_> {
    async fn add_events(&self) -> Result<()> {
        use AttributionKind::{Document, OnRecord, Outlet, Unnamed};
        let (department, company) = (&self.department, &self.company);
        let events = [
            self.event(
                ("2026-01-09", "dated January 9"),
                ("AI strategy memo issued", "The memo on which the department’s officials base their case."),
                (Kind::Memo, Importance::Major),
                &[(department, Role::Actor)],
                ("an AI strategy memo of the department dated January 9", Document, "Officials at the Pentagon", None),
            )?,
            self.event(
                ("2026-01~/2026-01-29", "for several weeks"),
                (
                    "Contract talks",
                    "The beginning is not given; several weeks before 29 January is as near as the report comes.",
                ),
                (Kind::Negotiation, Importance::Major),
                &[(department, Role::Participant), (company, Role::Participant)],
                (
                    "The two sides have negotiated a contract for several weeks without an agreement",
                    Unnamed,
                    "six people familiar with the talks",
                    Some(6),
                ),
            )?,
            self.event(
                ("[2026-01-09..2026-01-29]", ""),
                (
                    "Officials claim any lawful use",
                    "They argue from the memo, so not before it; reported on 29 January.",
                ),
                (Kind::Statement, Importance::Normal),
                &[(department, Role::Actor)],
                (
                    "They argue that it lets the government put commercial AI to use whatever a company's usage \
                     policy says",
                    Unnamed,
                    "Officials at the Pentagon",
                    None,
                ),
            )?,
            self.event(
                ("[..2026-01-29]", ""),
                ("Talks stall without agreement", "When they stalled is not given; by 29 January they had."),
                (Kind::Negotiation, Importance::Major),
                &[(department, Role::Participant), (company, Role::Participant)],
                (
                    "have reached an impasse over the limits that the company sets on military use of its AI models",
                    Unnamed,
                    "three people familiar with the matter",
                    Some(3),
                ),
            )?,
            self.event(
                ("2026-01-29", "on Thursday"),
                ("The standstill is reported", ""),
                (Kind::Report, Importance::Normal),
                &[(department, Role::Target), (company, Role::Target)],
                ("three people familiar with the matter said on Thursday", Outlet, "", None),
            )?,
            self.event(
                ("2026-01-29~", "said in a statement"),
                (
                    "Anthropic calls the talks productive",
                    "The statement is quoted in the report of 29 January and bears no date of its own.",
                ),
                (Kind::Statement, Importance::Normal),
                &[(company, Role::Actor), (department, Role::Target)],
                (
                    "\"in productive discussions with the Department of War about ways to continue that work.\"",
                    OnRecord,
                    "Anthropic said in a statement",
                    None,
                ),
            )?,
            self.event(
                ("2026-01-29~", "did not immediately respond"),
                ("The department does not respond", ""),
                (Kind::Statement, Importance::Minor),
                &[(department, Role::Actor)],
                ("did not immediately respond to a request for comment", Outlet, "a spokesperson, asked", None),
            )?,
        ];
        for event in &events {
            self.store.add_event(&self.by, self.dispute, event, "Demo").await?;
        }
        Ok(())
    }

    async fn add_positions(&self) -> Result<()> {
        let positions = [
            PositionDraft {
                party: self.department.clone(),
                statement: "Commercial AI may be put to any use that is lawful, whatever its maker’s policy says."
                    .to_owned(),
                date: date("2026-01-09/..")?,
                source: Some(self.source("as long as the use is lawful under American law")?),
            },
            PositionDraft {
                party: self.company.clone(),
                statement: "No weapons that aim themselves and no surveillance at home; otherwise, work with the \
                    government goes on."
                    .to_owned(),
                date: date("2026-01~/..")?,
                source: Some(self.source(
                    "would keep the technology from aiming weapons on its own and from watching people inside the \
                     United States",
                )?),
            },
        ];
        for position in &positions {
            self.store.add_position(&self.by, self.dispute, position).await?;
        }
        Ok(())
    }

    fn event(
        &self,
        (edtf, printed): (&str, &str),
        (title, description): (&str, &str),
        (kind, importance): (Kind, Importance),
        parties: &[(&PartyId, Role)],
        (quote, attribution, wording, count): (&str, AttributionKind, &str, Option<i64>),
    ) -> Result<EventDraft> {
        Ok(EventDraft {
            date: Some(date(edtf)?.with_printed(Some(printed.to_owned()))),
            title: title.to_owned(),
            description: description.to_owned(),
            kind,
            phase: Phase::Done,
            importance,
            sequence: 0,
            due: None,
            step_of: None,
            parties: parties
                .iter()
                .map(|(party, role)| EventParty { party: (*party).clone(), role: *role })
                .collect(),
            citations: vec![CitationDraft {
                id: None,
                article: self.article.clone(),
                passage: passage(quote)?,
                attribution: Attribution { kind: attribution, wording: wording.to_owned(), count },
                date: None,
            }],
        })
    }

    fn source(&self, words: &str) -> Result<PositionSource> {
        Ok(PositionSource { article: self.article.clone(), passage: passage(words)? })
    }
}

fn date(edtf: &str) -> Result<EventDate> {
    EventDate::parse(edtf).map_err(|_| StoreError::Unknown("date"))
}

fn passage(words: &str) -> Result<Passage> {
    Passage::find(TEXT.trim(), words).ok_or(StoreError::Unknown("quote"))
}
