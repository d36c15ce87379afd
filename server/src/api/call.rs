//! A call: who makes it, what it asks, and the answers that depend on its headers.

use std::marker::PhantomData;
use std::ops::Deref;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{NaiveDate, Utc};
use impasse_app::model::access::{Scope, Token};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{Reader, Role};
use impasse_app::model::view::FieldError;
use impasse_app::store::User;
use impasse_app::texts::in_english;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::answer::{self, Answer, MOST, Page, USUAL};
use super::problem::Problem;
use crate::web::request::reader_of;
use crate::web::{Server, origin};

/// Who makes a call with a token.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) token: Token,
    pub(super) user: User,
}

/// What a call needs of its token, and of its caller's role in the dispute that it is about.
pub(super) trait Level: Send + Sync + 'static {
    /// Who may make it.
    type Who: Send + Sync;

    /// The lowest role that may make it.
    const ROLE: Role;

    /// Lets a caller in, or says why not.
    fn admit(caller: Option<Caller>) -> Result<Self::Who, Problem>;
}

/// Everybody, with and without a token.
pub(super) struct Anyone;

impl Level for Anyone {
    type Who = Option<Caller>;

    const ROLE: Role = Role::Viewer;

    fn admit(caller: Option<Caller>) -> Result<Self::Who, Problem> {
        Ok(caller)
    }
}

macro_rules! levels {
    ($($(#[$meta:meta])* $level:ident: $scope:ident, $role:ident;)+) => {$(
        $(#[$meta])*
        pub(super) struct $level;

        impl Level for $level {
            type Who = Caller;

            const ROLE: Role = Role::$role;

            fn admit(caller: Option<Caller>) -> Result<Caller, Problem> {
                admit(caller, Scope::$scope)
            }
        }
    )+};
}

levels! {
    /// Who may read, with an account.
    Read: Read, Viewer;
    /// Who may read the text of articles and how work on them stands.
    ReadTexts: Read, Contributor;
    /// Who may read what waits in the inbox.
    ReadInbox: Read, Reviewer;
    /// Who may read how a dispute is kept up.
    ReadAll: Read, Editor;
    /// Who may read who may do what.
    ReadPeople: Read, Owner;
    /// Who may suggest events.
    Propose: Suggest, Viewer;
    /// Who may say when an article appeared that waits.
    Confirm: Write, Contributor;
    /// Who may bring articles in.
    Suggest: Suggest, Contributor;
    /// Who may decide about what waits in the inbox.
    Review: Write, Reviewer;
    /// Who may change what a dispute says.
    Write: Write, Editor;
    /// Who may tell other programs of what is changed.
    Tell: Write, Owner;
    /// Who may say who sees a dispute, and delete it.
    Own: Admin, Owner;
}

fn admit(caller: Option<Caller>, needed: Scope) -> Result<Caller, Problem> {
    let caller = caller.ok_or_else(|| {
        Problem::new(StatusCode::UNAUTHORIZED)
            .because("This needs a token: Authorization: Bearer imp_…. One is made on the page /account.")
    })?;
    if caller.token.scope < needed {
        let (needed, has) = (needed.key(), caller.token.scope.key());
        let why = format!("This needs a token with the scope {needed}, and this one has {has}.");
        return Err(Problem::new(StatusCode::FORBIDDEN).because(why));
    }
    Ok(caller)
}

/// A call by somebody who may make it.
pub(super) struct Call<L: Level> {
    pub(super) server: Server,
    pub(super) who: L::Who,
    /// Who makes it, as the store asks.
    pub(super) reader: Reader,
    /// Scheme and host under which the client reached the site.
    pub(super) origin: String,
    pub(super) today: NaiveDate,
    /// The parameters of the address, decoded, in order.
    pub(super) query: Vec<(String, String)>,
    path: String,
    headers: HeaderMap,
    is_private: bool,
    level: PhantomData<L>,
}

impl<L: Level<Who = Caller>> Call<L> {
    /// Under what name a change is recorded.
    pub(super) fn actor(&self) -> Actor {
        Actor { user: Some(self.who.user.id.clone()), name: self.who.user.name.clone() }
    }
}

/// The parameters that every list has.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it names the parameters for the OpenAPI document; `Call::paging` reads them")]
pub(super) struct Paging {
    /// How many items a page has.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u8>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
}

/// The parameters of a deletion.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it names the parameters for the OpenAPI document; `Call::reason` reads them")]
pub(super) struct Why {
    /// Why, for the record of changes.
    #[param(max_length = 500)]
    reason: Option<String>,
}

impl<L: Level> Call<L> {
    /// The first value of a parameter that is not empty.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// Refuses parameters with other names: one that is misspelt would be passed over, and a filter that is passed over
    /// lets through what it should not.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let unknown: Vec<FieldError> = self
            .query
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()))
            .map(|(name, _)| {
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                FieldError::new(name, format!("There is no such parameter here. Those that are: {known}."))
            })
            .collect();
        if unknown.is_empty() { Ok(()) } else { Err(Problem::new(StatusCode::BAD_REQUEST).at(&unknown)) }
    }

    /// A parameter with a closed choice.
    pub(super) fn choice<T>(
        &self,
        name: &str,
        from_key: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(key) = self.param(name) else { return Ok(None) };
        let wrong = || Problem::unreadable(name, format!("“{key}” is not one of the choices."));
        from_key(key).map(Some).ok_or_else(wrong)
    }

    /// Refuses a caller with a lower role than what is needed.
    pub(super) fn must_be(&self, role: Role, needed: Role) -> Result<(), Problem> {
        if role >= needed {
            return Ok(());
        }
        let (has, needs) = in_english(|| (role.label().to_lowercase(), needed.label().to_lowercase()));
        let why = format!("This needs the role {needs} in the dispute, and the account has that of {has}.");
        Err(Problem::new(StatusCode::FORBIDDEN).because(why))
    }

    /// Why something is deleted.
    pub(super) fn reason(&self) -> Result<String, Problem> {
        self.only(&["reason"])?;
        let reason = self.param("reason").unwrap_or_default();
        if reason.chars().count() > 500 || reason.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Problem::unreadable("reason", "Give at most 500 characters of plain text."));
        }
        Ok(reason.to_owned())
    }

    /// How many items a page has, and the cursor.
    pub(super) fn paging(&self) -> Result<(usize, Option<&str>), Problem> {
        let limit = match self.param("limit") {
            None => USUAL,
            Some(limit) => limit
                .parse()
                .ok()
                .filter(|limit| (1..=MOST).contains(limit))
                .ok_or_else(|| Problem::unreadable("limit", format!("Give a number from 1 to {MOST}.")))?,
        };
        Ok((limit, self.param("cursor")))
    }

    /// Something that was read; 304 if the client has it already.
    pub(super) fn found<T: Serialize>(&self, content: &T) -> Answer {
        let (mut response, tag) = answer::json(StatusCode::OK, content)?;
        if answer::names(&self.headers, header::IF_NONE_MATCH, &tag) == Some(true) {
            let kept = response.headers().get(header::ETAG).cloned();
            response = StatusCode::NOT_MODIFIED.into_response();
            response.headers_mut().extend(kept.map(|tag| (header::ETAG, tag)));
        }
        let control = if self.is_private { "private, no-cache" } else { "no-cache" };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
        Ok(response)
    }

    /// A page of a list that was read whole; `id` tells an item from all the others.
    pub(super) fn listed<T: Clone, U: Serialize + ToSchema>(
        &self,
        list: &[T],
        id: impl Fn(&T) -> &str,
        shown: impl Fn(T) -> U,
    ) -> Answer {
        let (limit, cursor) = self.paging()?;
        let (items, next) = answer::page_of(list, id, cursor, limit)?;
        self.page(Page { items: items.into_iter().map(shown).collect(), next })
    }

    /// A page, with the address of the next one in its headers (RFC 8288).
    pub(super) fn page<T: Serialize + ToSchema>(&self, page: Page<T>) -> Answer {
        let mut response = self.found(&page)?;
        if let Some(next) = &page.next {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(self.query.iter().filter(|(name, _)| name != "cursor"))
                .append_pair("cursor", next)
                .finish();
            let link = format!("<{}{}?{query}>; rel=\"next\"", self.origin, self.path);
            if let Ok(link) = HeaderValue::try_from(link) {
                response.headers_mut().insert(header::LINK, link);
            }
        }
        Ok(response)
    }

    /// Something after a change.
    pub(super) fn changed<T: Serialize>(&self, content: &T) -> Answer {
        uncached(answer::json(StatusCode::OK, content)?.0)
    }

    /// Something new, at a path.
    pub(super) fn created<T: Serialize>(&self, path: &str, content: &T) -> Answer {
        let (mut response, _) = answer::json(StatusCode::CREATED, content)?;
        if let Ok(place) = HeaderValue::try_from(format!("{}{}{path}", self.origin, super::BASE)) {
            response.headers_mut().insert(header::LOCATION, place);
        }
        uncached(response)
    }

    /// Lets a change through if it was made from what is there now.
    pub(super) fn must_match<T: Serialize>(&self, current: &T) -> Result<(), Problem> {
        let (_, tag) = answer::json(StatusCode::OK, current)?;
        match answer::names(&self.headers, header::IF_MATCH, &tag) {
            Some(true) => Ok(()),
            Some(false) => Err(self.changed_since(current)),
            None => Err(Problem::new(StatusCode::PRECONDITION_REQUIRED).because(
                "Send the ETag of what you read as If-Match, so that nobody’s change is overwritten unseen; or *.",
            )),
        }
    }

    /// The problem that something else is there by now.
    pub(super) fn changed_since<T: Serialize>(&self, current: &T) -> Problem {
        match (serde_json::to_value(current), answer::json(StatusCode::OK, current)) {
            (Ok(value), Ok((_, tag))) => Problem::changed(value, tag),
            _ => Problem::new(StatusCode::PRECONDITION_FAILED),
        }
    }
}

fn uncached(mut response: Response) -> Answer {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

impl<L: Level> FromRequestParts<Server> for Call<L> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Caller>().cloned();
        let is_private = caller.is_some();
        let reader = caller.as_ref().map_or(Reader::Anyone, |caller| reader_of(&caller.user));
        let query = parts.uri.query().unwrap_or_default();
        // The path as the client asked for it: within a nested router it is shortened.
        let path = parts.extensions.get::<axum::extract::OriginalUri>();
        Ok(Self {
            server: server.clone(),
            who: L::admit(caller)?,
            reader,
            origin: origin(server, &parts.headers),
            today: Utc::now().date_naive(),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            path: path.map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned()),
            headers: parts.headers.clone(),
            is_private,
            level: PhantomData,
        })
    }
}

/// The parts of a path that were asked for, by name.
async fn path_part(parts: &mut Parts, server: &Server, name: &str) -> Result<String, Problem> {
    let params = RawPathParams::from_request_parts(parts, server).await.map_err(|_| Problem::not_found())?;
    params
        .iter()
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
        .ok_or_else(Problem::not_found)
}

/// A call about something in a dispute that is there.
pub(super) struct Within<L: Level> {
    call: Call<L>,
    pub(super) dispute: Dispute,
    /// The caller's role in it.
    pub(super) role: Role,
    /// The identifier in the path after the dispute's, where there is one.
    pub(super) id: String,
}

impl<L: Level> Within<L> {
    /// A path of the API within the dispute.
    pub(super) fn path(&self, further: &str) -> String {
        format!("/disputes/{}{further}", self.dispute.slug)
    }

    /// The address of a page about something in the dispute.
    pub(super) fn page_at(&self, further: &str) -> String {
        format!("{}/d/{}{further}", self.origin, self.dispute.slug)
    }
}

impl<L: Level> Deref for Within<L> {
    type Target = Call<L>;

    fn deref(&self) -> &Call<L> {
        &self.call
    }
}

impl<L: Level> FromRequestParts<Server> for Within<L> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let call = Call::from_request_parts(parts, server).await?;
        let slug = path_part(parts, server, "dispute").await?;
        let id = path_part(parts, server, "id").await.unwrap_or_default();
        let (dispute, role) = server.store.dispute(&call.reader, &slug).await?;
        call.must_be(role, L::ROLE)?;
        Ok(Self { call, dispute, role, id })
    }
}

/// A call about something that is in no dispute, or in one that was deleted.
pub(super) struct About<L: Level> {
    call: Call<L>,
    /// The identifier in the path.
    pub(super) id: String,
}

impl<L: Level> Deref for About<L> {
    type Target = Call<L>;

    fn deref(&self) -> &Call<L> {
        &self.call
    }
}

impl<L: Level> FromRequestParts<Server> for About<L> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let call = Call::from_request_parts(parts, server).await?;
        let id = match path_part(parts, server, "id").await {
            Ok(id) => id,
            Err(_) => path_part(parts, server, "dispute").await?,
        };
        Ok(Self { call, id })
    }
}

/// The address of something in a dispute.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it names the parameter for the OpenAPI document; `Within` reads it")]
pub(super) struct InDispute {
    /// The dispute’s slug, as in the address of its page.
    #[param(example = "pentagon-anthropic")]
    dispute: String,
}
