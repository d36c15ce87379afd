//! A provider of OpenID Connect in software: what it says of itself, its keys, and tokens signed with ES256.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Utc;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

pub(crate) const CLIENT: &str = "impasse";
pub(crate) const SECRET: &str = "s3cret of the client";

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    key: EcdsaKeyPair,
    key_id: String,
    /// What each code is exchanged for: the challenge that it was asked with, and the claims.
    codes: HashMap<String, (String, Value)>,
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap()
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner { key: key(), key_id: "one".to_owned(), codes: HashMap::new() };
        let provider = Self { issuer, inner: Arc::new(Mutex::new(inner)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// Signs with another key from now on.
    pub(crate) fn rotate(&self) {
        let mut inner = self.inner.lock().unwrap();
        inner.key = key();
        inner.key_id.push('+');
    }

    /// What comes of a browser that is sent to an address of this provider, where `subject` signs in: the address that it
    /// is sent back to. `change` has a look at the claims before they are signed.
    pub(crate) fn authorize(&self, address: &str, subject: &str, change: impl Fn(&mut Value)) -> String {
        let url = Url::parse(address).unwrap();
        assert!(address.starts_with(&format!("{}/authorize?", self.issuer)), "{address}");
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"), "{address}");
        let back = asked["redirect_uri"].strip_prefix(crate::ORIGIN).unwrap();
        let now = Utc::now().timestamp();
        let mut claims = json!({
            "iss": self.issuer,
            "sub": subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "name": "Ada",
            "preferred_username": format!("{subject}@id"),
            "email": "ada@e.org",
            "email_verified": true,
        });
        change(&mut claims);
        let mut inner = self.inner.lock().unwrap();
        let code = format!("code {}", inner.codes.len());
        inner.codes.insert(code.clone(), (asked["code_challenge"].clone(), claims));
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("code", &code)
            .append_pair("state", &asked["state"])
            .finish();
        format!("{back}?{query}")
    }
}

async fn configuration(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "RS256"],
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let inner = provider.inner.lock().unwrap();
    let point = inner.key.public_key().as_ref();
    let [x, y] = [&point[1..33], &point[33..65]].map(|part| URL_SAFE_NO_PAD.encode(part));
    Json(json!({"keys": [
        {"kty": "EC", "use": "sig", "alg": "ES256", "crv": "P-256", "kid": inner.key_id, "x": x, "y": y},
    ]}))
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let mut inner = provider.inner.lock().unwrap();
    // The client proves itself by HTTP Basic, each part encoded as in forms (RFC 6749, 2.3.1).
    let secret: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{secret}")));
    let is_client = headers.get(header::AUTHORIZATION).is_some_and(|value| value == basic.as_str());
    // Each code is exchanged once.
    let found = inner.codes.remove(&form["code"]);
    let verifier = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    let Some((_, claims)) = found.filter(|(challenge, _)| *challenge == verifier && is_client) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    };
    let algorithm = claims["alg"].as_str().unwrap_or("ES256");
    let head = json!({"alg": algorithm, "kid": inner.key_id});
    let parts = [head, claims.clone()].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let signed = parts.join(".");
    let signature = match algorithm {
        "none" => String::new(),
        _ => {
            let key = if claims["forged"] == true { &key() } else { &inner.key };
            URL_SAFE_NO_PAD.encode(key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap())
        }
    };
    let answer = json!({
        "access_token": "opaque",
        "token_type": "Bearer",
        "expires_in": 300,
        "id_token": format!("{signed}.{signature}"),
    });
    (StatusCode::OK, Json(answer))
}
