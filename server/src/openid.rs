//! Signing in through a provider of OpenID Connect, with whom people have an account already: authorization code with
//! PKCE, state and nonce (OpenID Connect Core 1.0, 3.1; RFC 9700).
//!
//! What the provider says of itself and its keys are fetched when they are first needed, and again when a token is signed
//! with a key that is not known. A provider that cannot be reached keeps nobody from signing in by other means.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata,
    CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, SignatureVerificationError,
    TokenResponse,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::fetch;
use crate::settings::Settings;

/// Where the provider sends browsers back to.
pub const BACK: &str = "/sign-in/openid/back";

/// How long an answer of the provider may take; two of them fit into a request to this server.
const PATIENCE: Duration = Duration::from_secs(8);
/// The longest answer, in bytes.
const LONGEST: usize = 1_000_000;
/// For how long what the provider says of itself is believed.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// For how long a provider that could not be reached is not asked again.
const PAUSE: Duration = Duration::from_secs(5);
/// The most characters of a subject (OpenID Connect Core 1.0, 2).
const LONGEST_SUBJECT: usize = 255;

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The provider did not answer as it should.
    #[error("the provider cannot be used: {0}")]
    Unreachable(String),
    /// What it answered is not to be believed.
    #[error("the provider’s answer is not accepted: {0}")]
    Answer(String),
}

/// What is kept while a browser is with the provider.
#[derive(Serialize, Deserialize)]
pub struct Secrets {
    /// What the browser must bring back.
    pub state: String,
    nonce: String,
    verifier: String,
}

/// Somebody as the provider knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// By whom they are known.
    pub issuer: String,
    /// By what they are known there, for good.
    pub subject: String,
    /// What tells people which account it is: a name or an address there. Nobody is known by it.
    pub label: String,
    /// What they might be called here.
    pub name: String,
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What is known of the provider.
#[derive(Default)]
struct Known {
    metadata: Option<(Arc<CoreProviderMetadata>, Instant)>,
    failed: Option<(String, Instant)>,
}

/// The provider that the settings name.
pub struct Provider {
    issuer: IssuerUrl,
    id: ClientId,
    secret: Option<ClientSecret>,
    back: RedirectUrl,
    http: Http,
    known: Mutex<Known>,
}

impl Provider {
    /// The provider of the settings, if they name one. Nothing is asked of it yet.
    pub fn of(settings: &Settings) -> Option<Self> {
        let issuer = IssuerUrl::new(settings.openid_issuer.clone()?).ok()?;
        let back = format!("{}{BACK}", settings.public_url.as_deref()?);
        Some(Self {
            issuer,
            id: ClientId::new(settings.openid_client_id.clone()?),
            secret: settings.openid_client_secret.clone().map(ClientSecret::new),
            back: RedirectUrl::new(back).ok()?,
            http: Http(fetch::plain_client(settings.public_url.as_deref(), PATIENCE)),
            known: Mutex::default(),
        })
    }

    /// What the provider goes by.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Its host, by which people know it.
    pub fn host(&self) -> String {
        self.issuer.url().host_str().unwrap_or_default().to_owned()
    }

    /// What the provider says of itself: anew if it was asked a long time ago, or before `than`.
    async fn metadata(&self, than: Option<Instant>) -> Result<Arc<CoreProviderMetadata>, Refused> {
        // Whoever comes while it is asked waits for the same answer.
        let mut known = self.known.lock().await;
        if let Some((metadata, at)) = &known.metadata
            && at.elapsed() < FRESH
            && than.is_none_or(|than| *at > than)
        {
            return Ok(metadata.clone());
        }
        if let Some((why, at)) = &known.failed
            && at.elapsed() < PAUSE
        {
            return Err(Refused::Unreachable(why.clone()));
        }
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        match found {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *known = Known { metadata: Some((metadata.clone(), Instant::now())), failed: None };
                Ok(metadata)
            }
            Err(error) => {
                let why = whole(&error);
                known.failed = Some((why.clone(), Instant::now()));
                Err(Refused::Unreachable(why))
            }
        }
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        CoreClient::from_provider_metadata(metadata.clone(), self.id.clone(), self.secret.clone())
            .set_redirect_uri(self.back.clone())
    }

    /// Where to send a browser, and what to keep until it is back. With `again`, the provider is asked not to take for
    /// granted that it is still the same person.
    ///
    /// # Errors
    /// When the provider cannot be reached.
    pub async fn ask(&self, again: bool) -> Result<(String, Secrets), Refused> {
        let client = self.client(&*self.metadata(None).await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge);
        if again {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let (url, state, nonce) = request.url();
        let secrets = Secrets {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok((url.into(), secrets))
    }

    /// Who came back with a code.
    ///
    /// # Errors
    /// When the provider cannot be reached, or its answer is not to be believed.
    pub async fn identify(&self, secrets: Secrets, code: String) -> Result<Somebody, Refused> {
        let asked = Instant::now();
        let client = self.client(&*self.metadata(None).await?);
        let exchange = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| Refused::Unreachable(whole(&error)))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier));
        let answered = exchange.request_async(&self.http).await;
        let token = answered.map_err(|error| match error {
            openidconnect::RequestTokenError::Request(error) => Refused::Unreachable(whole(&error)),
            error => Refused::Answer(whole(&error)),
        })?;
        let nonce = Nonce::new(secrets.nonce);
        match self.claims(&client, &token, &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let client = self.client(&*self.metadata(Some(asked)).await?);
                self.claims(&client, &token, &nonce)
            }
            claims => claims,
        }
        .map_err(|error| Refused::Answer(whole(&error)))
    }

    /// Who a token is about, once it is proved.
    fn claims(
        &self,
        client: &Client,
        token: &CoreTokenResponse,
        nonce: &Nonce,
    ) -> Result<Somebody, ClaimsVerificationError> {
        let other = |why: String| ClaimsVerificationError::Other(why);
        let id = token.id_token().ok_or_else(|| other("there is no ID token in it".to_owned()))?;
        let verifier = client.id_token_verifier();
        let claims = id.claims(&verifier, nonce)?;
        if let Some(hash) = claims.access_token_hash() {
            let algorithm = id.signing_alg().map_err(|error| other(error.to_string()))?;
            let key = id.signing_key(&verifier).map_err(|error| other(error.to_string()))?;
            let own = AccessTokenHash::from_token(token.access_token(), algorithm, key)
                .map_err(|error| other(error.to_string()))?;
            if own != *hash {
                return Err(other("the access token is another one".to_owned()));
            }
        }
        let subject = claims.subject().as_str();
        if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
            return Err(ClaimsVerificationError::InvalidSubject("it is empty or too long".to_owned()));
        }
        Ok(somebody(self.issuer.as_str(), claims))
    }
}

/// What asks the provider. Answers are held to a length and a time.
struct Http(Result<reqwest::Client, String>);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        let client = self.0.clone();
        Box::pin(async move {
            let mut response = client.map_err(Failure::Client)?.execute(request.try_into()?).await?;
            let mut body = Vec::new();
            while let Some(part) = response.chunk().await? {
                if body.len() + part.len() > LONGEST {
                    return Err(Failure::Long);
                }
                body.extend_from_slice(&part);
            }
            let mut answer = HttpResponse::new(body);
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            Ok(answer)
        })
    }
}

/// What is shown and proposed of somebody.
fn somebody(issuer: &str, claims: &CoreIdTokenClaims) -> Somebody {
    let clean = |text: &str| -> String {
        text.chars().filter(|c| !c.is_control()).take(70).collect::<String>().trim().to_owned()
    };
    let handle = claims.preferred_username().map(|name| clean(name)).filter(|name| !name.is_empty());
    let full = claims.name().and_then(|name| name.get(None)).map(|name| clean(name));
    let full = full.filter(|name| !name.is_empty());
    let subject = claims.subject().as_str();
    let name = full.clone().or_else(|| handle.clone()).unwrap_or_else(|| "Somebody".to_owned());
    let label = handle.or(full).unwrap_or_else(|| clean(subject));
    Somebody { issuer: issuer.to_owned(), subject: subject.to_owned(), label, name }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Client(String),
    #[error("the answer is longer than {LONGEST} bytes")]
    Long,
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

/// An error with its causes.
fn whole(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}
