//! The domain's closed vocabularies, as named types of the OpenAPI document.

use std::borrow::Cow;

use impasse_app::model::{
    access, article, date, dispute, due, event, evidence, feed, inbox, revision, role, work,
};
use impasse_app::texts::in_english;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, schema};

macro_rules! vocabularies {
    ($($about:literal $name:ident = $of:path;)+) => {$(
        #[doc = $about]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(super) struct $name(pub(super) $of);

        impl utoipa::PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                choices($about, <$of>::ALL.iter().map(|value| (value.key(), in_english(|| value.label()))))
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }

        impl From<$of> for $name {
            fn from(value: $of) -> Self {
                Self(value)
            }
        }
    )+};
}

vocabularies! {
    "How a dispute stands." Status = dispute::Status;
    "What sort of actor a party is." PartyKind = dispute::PartyKind;
    "What sort of event." Kind = event::Kind;
    "How far the thing had gone. What was said to be coming is not what was done." Phase = event::Phase;
    "How much an event matters." Importance = event::Importance;
    "What a party has to do with an event." Role = event::Role;
    "Who says so." AttributionKind = event::AttributionKind;
    "How well an event is attested, worked out from its citations." Attestation = event::Attestation;
    "How finely a date is known, by the coarsest of its parts." Precision = date::Precision;
    "What the source says of how sure the date is." Qualifier = date::Qualifier;
    "Whether the bounds say how long something lasted or when it happened once." Shape = date::Shape;
    "How a quote was found on the publisher’s page." Health = evidence::Health;
    "Whether an article is a source." Stage = article::Stage;
    "How a deadline stands, as people say; never by the clock." DueState = due::DueState;
    "In what a rule counts." DueUnit = due::Unit;
    "On which side of its base a day lies." DueSide = due::Side;
    "How an article came here." Way = article::Way;
    "What became of a candidate." Decision = article::Decision;
    "What is decided about candidates." Verdict = inbox::Verdict;
    "Why a candidate was left as it was." Left = inbox::Left;
    "What became of an entry of a feed." EntryFate = feed::EntryFate;
    "Who may read a dispute." Visibility = role::Visibility;
    "What somebody may do in a dispute; each role may do what those before it may." MemberRole = role::Role;
    "What was changed." Subject = revision::Subject;
    "What was done to it." Action = revision::Action;
    "What is to be done." JobKind = work::JobKind;
    "How far a job is." JobState = work::JobState;
    "What a token may do; each includes those before it." Scope = access::Scope;
}

fn choices(about: &str, values: impl Iterator<Item = (&'static str, &'static str)>) -> RefOr<Schema> {
    let (keys, labels): (Vec<_>, Vec<_>) = values.unzip();
    let list: Vec<String> =
        keys.iter().zip(labels).map(|(key, label)| format!("- `{key}`: {}", label.to_lowercase())).collect();
    let object = ObjectBuilder::new()
        .schema_type(schema::SchemaType::new(Type::String))
        .enum_values(Some(keys))
        .description(Some(format!("{about}\n\n{}", list.join("\n"))));
    RefOr::T(Schema::Object(object.build()))
}
