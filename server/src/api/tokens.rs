//! Personal tokens.

use chrono::{DateTime, Utc};
use impasse_app::forms::read_token;
use impasse_app::model::access;
use impasse_app::model::id::TokenId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Page, no_content};
use super::body::Body;
use super::call::{About, Call, Own, Paging, Read};
use super::disputes::form;
use super::problem::Problem;
use super::words::Scope;
use crate::web::Server;

pub(super) fn router() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list_tokens, create_token))
        .routes(routes!(get_own_token))
        .routes(routes!(get_token, revoke_token))
}

/// A personal token. What it is made of is shown once, when it is made.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Token {
    id: String,
    /// What its owner calls it.
    name: String,
    scope: Scope,
    created: DateTime<Utc>,
    /// When it ends; null for never.
    #[schema(required)]
    expires: Option<DateTime<Utc>>,
    /// When it was last used, to within some minutes.
    #[schema(required)]
    last_used: Option<DateTime<Utc>>,
}

impl From<access::Token> for Token {
    fn from(token: access::Token) -> Self {
        Self {
            id: token.id.0,
            name: token.name,
            scope: token.scope.into(),
            created: token.created,
            expires: token.expires,
            last_used: token.last_used,
        }
    }
}

/// The token that a call is made with, and whose it is.
#[derive(Debug, Serialize, ToSchema)]
struct OwnToken {
    #[serde(flatten)]
    token: Token,
    /// The name of the account.
    account: String,
    /// Whether the account looks after the site.
    is_owner: bool,
}

/// What a token is made from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TokenInput {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    scope: Scope,
    /// After how many days it ends; never without it.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 3_650)]
    days: Option<i64>,
}

/// A token that was just made.
#[derive(Debug, Serialize, ToSchema)]
struct NewToken {
    #[serde(flatten)]
    about: Token,
    /// The token itself. It is not kept and cannot be shown again.
    #[schema(example = "imp_…")]
    token: String,
}

/// List your tokens
///
/// Those of the account that the call’s token belongs to, newest first.
#[utoipa::path(get, path = "/tokens", tag = "Tokens", params(Paging), security(("token" = ["read"])),
    responses((status = OK, description = "A page of tokens.", body = Page<Token>)))]
async fn list_tokens(call: Call<Read>) -> Answer {
    call.only(&["limit", "cursor"])?;
    let tokens = call.server.store.tokens(&call.who.user.id).await?;
    call.listed(&tokens, |token| token.id.as_str(), Token::from)
}

/// Make a token
#[utoipa::path(post, path = "/tokens", tag = "Tokens", request_body = TokenInput,
    security(("token" = ["admin"])),
    responses((status = CREATED, description = "The token, shown this once.", body = NewToken)))]
async fn create_token(call: Call<Own>, Body(input): Body<TokenInput>) -> Answer {
    let days = input.days.map(|days| days.to_string()).unwrap_or_default();
    let form = form([("name", input.name.as_str()), ("scope", input.scope.0.key()), ("days", days.as_str())]);
    let fields = read_token(form).map_err(|form| Problem::invalid(&form.errors))?;
    let (draft, token) = super::new_token(fields)?;
    let kept = call.server.store.add_token(&call.who.user.id, &draft).await?;
    call.created(&format!("/tokens/{}", kept.id), &NewToken { about: kept.into(), token })
}

/// Get one of your tokens
#[utoipa::path(get, path = "/tokens/{id}", tag = "Tokens",
    params(("id" = String, Path, description = "The token’s identifier.")), security(("token" = ["read"])),
    responses((status = OK, description = "The token.", body = Token)))]
async fn get_token(about: About<Read>) -> Answer {
    about.only(&[])?;
    let tokens = about.server.store.tokens(&about.who.user.id).await?;
    let token = tokens.into_iter().find(|token| token.id.as_str() == about.id);
    about.found(&Token::from(token.ok_or_else(Problem::not_found)?))
}

/// Get the token of this call
///
/// What it may do, and whose it is.
#[utoipa::path(get, path = "/token", tag = "Tokens", security(("token" = ["read"])),
    responses((status = OK, description = "The token.", body = OwnToken)))]
async fn get_own_token(call: Call<Read>) -> Answer {
    call.only(&[])?;
    // When it was last used would be another time at each call.
    let token = Token { last_used: None, ..Token::from(call.who.token.clone()) };
    let user = &call.who.user;
    call.found(&OwnToken { token, account: user.name.clone(), is_owner: user.is_admin })
}

/// Revoke a token
///
/// One of your own; this needs no more than the token itself, so that one that leaked can always be ended.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "Tokens",
    params(("id" = String, Path, description = "The token’s identifier.")), security(("token" = ["read"])),
    responses((status = NO_CONTENT, description = "It is revoked.")))]
async fn revoke_token(about: About<Read>) -> Answer {
    about.only(&[])?;
    about.server.store.revoke_token(&about.who.user.id, &TokenId::from(about.id.as_str())).await?;
    no_content()
}
