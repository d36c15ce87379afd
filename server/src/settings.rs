//! Settings: defaults, then the file, then the environment, then the command line; the later wins.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fetch::Allowed;

/// What the server runs with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The address and port listened on.
    pub listen: SocketAddr,
    /// Where the data is: a file for SQLite, or `postgres://…`.
    pub database: String,
    /// The address under which people reach the site, such as `https://timelines.example.org`. Cookies are marked
    /// Secure if it begins with `https`. Without it, addresses are made from each request's Host header.
    pub public_url: Option<String>,
    /// The language and region of the site's pages: of their texts, and of dates.
    pub locale: String,
    /// The folder of further catalogues, each a folder named by its locale; none without it.
    pub locales: Option<PathBuf>,
    /// What is logged, in the syntax of `tracing`'s `EnvFilter`.
    pub log: String,
    /// Whether logs are JSON, a line each.
    pub log_json: bool,
    /// The largest request body, in bytes.
    pub max_body: usize,
    /// Seconds until a request that is not answered is given up.
    pub request_timeout: u64,
    /// What articles and feeds may be fetched from although it is not on the public internet: names, addresses and
    /// networks, each with or without a port.
    pub fetch_allow: Vec<Allowed>,
    /// The largest file that may be sent, with all that is sent with it, in bytes.
    pub max_upload: usize,
    /// How many requests a minute the API answers each token; 0 for as many as come.
    pub api_rate: u32,
    /// How many requests a minute the API answers each address without a token; 0 for as many as come.
    pub api_rate_anonymous: u32,
    /// Whether the address of a client is the last one in X-Forwarded-For, as behind a proxy that adds it, and not that
    /// of the connection.
    pub trust_forwarded: bool,
    /// How many open pages are told of changes as they are made.
    pub max_streams: usize,
    /// How many connections are taken at once.
    pub max_connections: usize,
    /// For how many seconds the server says that it is leaving, and goes on, before it takes no more connections: as long
    /// as what balances the load needs to learn of it.
    pub drain: u64,
    /// The token that `/metrics` is read with. Without one, only programs on this machine read it.
    pub metrics_token: Option<String>,
    /// After how many days quotes are looked for on their pages again; 0 for on demand only.
    pub recheck_days: u32,
    /// The folder into which the server makes backups by itself; none without it.
    pub backup_dir: Option<PathBuf>,
    /// How many hours lie between them.
    pub backup_every_hours: u32,
    /// How many are kept; older ones are removed.
    pub backup_keep: u32,
    /// The issuer of a provider of OpenID Connect that people may sign in through, such as `https://id.example.org`.
    pub openid_issuer: Option<String>,
    /// What the provider knows this site by.
    pub openid_client_id: Option<String>,
    /// What this site proves itself to the provider with; none if it need not.
    pub openid_client_secret: Option<String>,
    /// The file that it is read from instead.
    pub openid_client_secret_file: Option<PathBuf>,
    /// What stands on the button.
    pub openid_label: String,
    /// Whether whoever the provider knows gets an account when they first come.
    pub openid_accounts: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            database: "impasse.db".to_owned(),
            public_url: None,
            locale: "en".to_owned(),
            locales: None,
            log: "info,sqlx=warn".to_owned(),
            log_json: false,
            max_body: 2 * 1024 * 1024,
            request_timeout: 30,
            fetch_allow: Vec::new(),
            max_upload: 20 * 1024 * 1024,
            recheck_days: 7,
            max_streams: 5_000,
            max_connections: 10_000,
            drain: 0,
            metrics_token: None,
            backup_dir: None,
            backup_every_hours: 24,
            backup_keep: 14,
            openid_issuer: None,
            openid_client_id: None,
            openid_client_secret: None,
            openid_client_secret_file: None,
            openid_label: "Sign in with your organisation".to_owned(),
            openid_accounts: false,
            api_rate: 600,
            api_rate_anonymous: 120,
            trust_forwarded: false,
        }
    }
}

/// The settings that one source gives; what it leaves out is taken from the one before.
#[derive(Debug, Clone, Default, Deserialize, clap::Args)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "IMPASSE_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// A file for SQLite, or postgres://… [default: impasse.db]
    #[arg(long, env = "IMPASSE_DATABASE", hide_env_values = true, global = true)]
    pub database: Option<String>,
    /// Address under which people reach the site, such as `https://timelines.example.org`
    #[arg(long, env = "IMPASSE_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Language and region of the site's pages, such as en-US [default: en]
    #[arg(long, env = "IMPASSE_LOCALE", global = true)]
    pub locale: Option<String>,
    /// Folder of further translations, a folder for each locale
    #[arg(long, env = "IMPASSE_LOCALES", global = true)]
    pub locales: Option<PathBuf>,
    /// What to log, such as info or impasse=debug [default: info,sqlx=warn]
    #[arg(long, env = "IMPASSE_LOG", global = true)]
    pub log: Option<String>,
    /// Whether to log in JSON [default: false]
    #[arg(long, env = "IMPASSE_LOG_JSON", global = true)]
    pub log_json: Option<bool>,
    /// Largest request body in bytes [default: 2097152]
    #[arg(long, env = "IMPASSE_MAX_BODY", global = true)]
    pub max_body: Option<usize>,
    /// Seconds until a request is given up [default: 30]
    #[arg(long, env = "IMPASSE_REQUEST_TIMEOUT", global = true)]
    pub request_timeout: Option<u64>,
    /// What may be fetched from besides the public internet, such as wiki.internal or 10.0.0.0/8; several with commas
    #[arg(long, env = "IMPASSE_FETCH_ALLOW", value_delimiter = ',', global = true)]
    pub fetch_allow: Option<Vec<Allowed>>,
    /// Largest files sent at once, in bytes [default: 20971520]
    #[arg(long, env = "IMPASSE_MAX_UPLOAD", global = true)]
    pub max_upload: Option<usize>,
    /// Days until quotes are looked for on their pages again; 0 for on demand only [default: 7]
    #[arg(long, env = "IMPASSE_RECHECK_DAYS", global = true)]
    pub recheck_days: Option<u32>,
    /// Open pages that are told of changes as they are made [default: 5000]
    #[arg(long, env = "IMPASSE_MAX_STREAMS", global = true)]
    pub max_streams: Option<usize>,
    /// Connections taken at once [default: 10000]
    #[arg(long, env = "IMPASSE_MAX_CONNECTIONS", global = true)]
    pub max_connections: Option<usize>,
    /// Seconds between saying that the server is leaving and taking no more connections [default: 0]
    #[arg(long, env = "IMPASSE_DRAIN", global = true)]
    pub drain: Option<u64>,
    /// Token that /metrics is read with; without one, only from this machine
    #[arg(long, env = "IMPASSE_METRICS_TOKEN", hide_env_values = true, global = true)]
    pub metrics_token: Option<String>,
    /// Requests a minute that the API answers each token; 0 for as many as come [default: 600]
    #[arg(long, env = "IMPASSE_API_RATE", global = true)]
    pub api_rate: Option<u32>,
    /// Requests a minute that the API answers each address without a token; 0 for as many as come [default: 120]
    #[arg(long, env = "IMPASSE_API_RATE_ANONYMOUS", global = true)]
    pub api_rate_anonymous: Option<u32>,
    /// Whether clients are told apart by the last address in X-Forwarded-For, as behind a proxy [default: false]
    #[arg(long, env = "IMPASSE_TRUST_FORWARDED", global = true)]
    pub trust_forwarded: Option<bool>,
    /// Folder into which the server makes backups by itself
    #[arg(long, env = "IMPASSE_BACKUP_DIR", global = true)]
    pub backup_dir: Option<PathBuf>,
    /// Hours between those backups [default: 24]
    #[arg(long, env = "IMPASSE_BACKUP_EVERY_HOURS", global = true)]
    pub backup_every_hours: Option<u32>,
    /// How many of those backups are kept [default: 14]
    #[arg(long, env = "IMPASSE_BACKUP_KEEP", global = true)]
    pub backup_keep: Option<u32>,
    /// Issuer of a provider of OpenID Connect that people may sign in through, such as `https://id.example.org`
    #[arg(long, env = "IMPASSE_OPENID_ISSUER", global = true)]
    pub openid_issuer: Option<String>,
    /// What the provider knows this site by
    #[arg(long, env = "IMPASSE_OPENID_CLIENT_ID", global = true)]
    pub openid_client_id: Option<String>,
    /// What this site proves itself to the provider with
    #[arg(long, env = "IMPASSE_OPENID_CLIENT_SECRET", hide_env_values = true, global = true)]
    pub openid_client_secret: Option<String>,
    /// File that it is read from instead
    #[arg(long, env = "IMPASSE_OPENID_CLIENT_SECRET_FILE", global = true)]
    pub openid_client_secret_file: Option<PathBuf>,
    /// What stands on the button [default: Sign in with your organisation]
    #[arg(long, env = "IMPASSE_OPENID_LABEL", global = true)]
    pub openid_label: Option<String>,
    /// Whether whoever the provider knows gets an account when they first come [default: false]
    #[arg(long, env = "IMPASSE_OPENID_ACCOUNTS", global = true)]
    pub openid_accounts: Option<bool>,
}

/// Why there are no settings to run with.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file named could not be read.
    #[error("cannot read the settings in {0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is not what it should be.
    #[error("the settings in {0} are not right: {1}")]
    Malformed(PathBuf, toml::de::Error),
    /// The public address is not one.
    #[error("public-url must be http:// or https:// and a host, without a path: {0}")]
    PublicUrl(String),
    /// The provider of OpenID Connect is named by halves.
    #[error("the provider of OpenID Connect cannot be used: {0}")]
    OpenId(&'static str),
    /// Backups would be made all the time, or none kept.
    #[error("backup_every_hours and backup_keep must be 1 or more")]
    Backups,
}

impl Settings {
    /// Puts the sources together: defaults, the file if one is named, then what the command line and the environment
    /// give.
    ///
    /// # Errors
    /// When the file cannot be read or has something in it that is no setting, when the public address is not one, when
    /// backups are to be made every 0 hours or none of them kept, or when a provider of OpenID Connect is named by halves.
    pub fn load(file: Option<&Path>, given: &Given) -> Result<Self, SettingsError> {
        let mut settings = Self::default();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .map_err(|error| SettingsError::Unreadable(path.to_owned(), error))?;
            let from_file: Given =
                toml::from_str(&text).map_err(|error| SettingsError::Malformed(path.to_owned(), error))?;
            settings.take(&from_file);
        }
        settings.take(given);
        if settings.backup_every_hours == 0 || settings.backup_keep == 0 {
            return Err(SettingsError::Backups);
        }
        if let Some(url) = &settings.public_url {
            let url = url.trim_end_matches('/').to_owned();
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            if !host.is_some_and(|host| !host.is_empty() && !host.contains(['/', ' ', '?', '#', '@'])) {
                return Err(SettingsError::PublicUrl(url));
            }
            settings.public_url = Some(url);
        }
        settings.complete_openid()?;
        Ok(settings)
    }

    /// Reads the provider's secret, and looks whether all is there that the provider needs.
    fn complete_openid(&mut self) -> Result<(), SettingsError> {
        if let Some(path) = &self.openid_client_secret_file {
            if self.openid_client_secret.is_some() {
                return Err(SettingsError::OpenId("give openid_client_secret or its file, not both"));
            }
            let text = std::fs::read_to_string(path)
                .map_err(|error| SettingsError::Unreadable(path.clone(), error))?;
            self.openid_client_secret = Some(text.trim().to_owned());
        }
        let Some(issuer) = &self.openid_issuer else { return Ok(()) };
        let is_safe = url::Url::parse(issuer).is_ok_and(|url| {
            let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
            url.host_str().is_some() && (url.scheme() == "https" || (url.scheme() == "http" && is_here))
        });
        if !is_safe {
            return Err(SettingsError::OpenId("openid_issuer must be https:// and a host"));
        }
        if self.openid_client_id.is_none() {
            return Err(SettingsError::OpenId("it needs openid_client_id"));
        }
        if self.public_url.is_none() {
            return Err(SettingsError::OpenId("it needs public_url, which it sends people back to"));
        }
        Ok(())
    }

    fn take(&mut self, given: &Given) {
        fn put<T: Clone>(slot: &mut T, given: &Option<T>) {
            if let Some(value) = given {
                *slot = value.clone();
            }
        }
        put(&mut self.listen, &given.listen);
        put(&mut self.database, &given.database);
        if given.public_url.is_some() {
            self.public_url.clone_from(&given.public_url);
        }
        put(&mut self.locale, &given.locale);
        if given.locales.is_some() {
            self.locales.clone_from(&given.locales);
        }
        put(&mut self.log, &given.log);
        put(&mut self.log_json, &given.log_json);
        put(&mut self.max_body, &given.max_body);
        put(&mut self.request_timeout, &given.request_timeout);
        put(&mut self.fetch_allow, &given.fetch_allow);
        put(&mut self.max_upload, &given.max_upload);
        put(&mut self.recheck_days, &given.recheck_days);
        put(&mut self.max_streams, &given.max_streams);
        put(&mut self.max_connections, &given.max_connections);
        put(&mut self.drain, &given.drain);
        if given.metrics_token.is_some() {
            self.metrics_token.clone_from(&given.metrics_token);
        }
        put(&mut self.api_rate, &given.api_rate);
        put(&mut self.api_rate_anonymous, &given.api_rate_anonymous);
        put(&mut self.trust_forwarded, &given.trust_forwarded);
        if given.backup_dir.is_some() {
            self.backup_dir.clone_from(&given.backup_dir);
        }
        put(&mut self.backup_every_hours, &given.backup_every_hours);
        put(&mut self.backup_keep, &given.backup_keep);
        let optional = [
            (&mut self.openid_issuer, &given.openid_issuer),
            (&mut self.openid_client_id, &given.openid_client_id),
            (&mut self.openid_client_secret, &given.openid_client_secret),
        ];
        for (slot, given) in optional {
            if given.is_some() {
                slot.clone_from(given);
            }
        }
        if given.openid_client_secret_file.is_some() {
            self.openid_client_secret_file.clone_from(&given.openid_client_secret_file);
        }
        put(&mut self.openid_label, &given.openid_label);
        put(&mut self.openid_accounts, &given.openid_accounts);
    }

    /// Whether the site is reached through TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The settings as TOML, with the password of a database URL hidden.
    pub fn printed(&self) -> String {
        let mut shown = self.clone();
        shown.database = without_password(&self.database);
        if self.openid_client_secret_file.is_some() {
            shown.openid_client_secret = None;
        }
        for secret in [&mut shown.metrics_token, &mut shown.openid_client_secret] {
            *secret = secret.as_ref().map(|_| "***".to_owned());
        }
        toml::to_string_pretty(&shown).unwrap_or_default()
    }
}

/// A database URL whose password is replaced by stars.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    // The last @ ends the credentials: a password may contain one that was not encoded.
    match rest.rsplit_once('@') {
        Some((credentials, host)) if credentials.contains(':') => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_sources_win() {
        let folder = std::env::temp_dir().join(format!("impasse-settings-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("impasse.toml");
        std::fs::write(&file, "database = \"a.db\"\nlog = \"debug\"\n").unwrap();
        let given = Given { database: Some("b.db".into()), ..Given::default() };
        let settings = Settings::load(Some(&file), &given).unwrap();
        assert_eq!((settings.database.as_str(), settings.log.as_str()), ("b.db", "debug"));
        std::fs::write(&file, "databse = \"a.db\"\n").unwrap();
        let error = Settings::load(Some(&file), &given).unwrap_err().to_string();
        assert!(error.contains("databse"), "{error}");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn passwords_are_hidden() {
        let settings =
            Settings { database: "postgres://me:s3cret@word@db/impasse".into(), ..Settings::default() };
        let printed = settings.printed();
        assert!(printed.contains("postgres://me:***@db/impasse"), "{printed}");
        assert!(!printed.contains("s3cret") && !printed.contains("word@"), "{printed}");
    }

    #[test]
    fn backups_are_made_and_kept() {
        for given in [
            Given { backup_every_hours: Some(0), ..Given::default() },
            Given { backup_keep: Some(0), ..Given::default() },
        ] {
            assert!(matches!(Settings::load(None, &given), Err(SettingsError::Backups)));
        }
        let given = Given { backup_dir: Some("copies".into()), backup_keep: Some(1), ..Given::default() };
        let printed = Settings::load(None, &given).unwrap().printed();
        assert!(
            printed.contains("backup_dir = \"copies\"") && printed.contains("backup_keep = 1"),
            "{printed}"
        );
    }

    #[test]
    fn a_provider_is_named_whole() {
        let whole = || Given {
            public_url: Some("https://e.org".into()),
            openid_issuer: Some("https://id.e.org".into()),
            openid_client_id: Some("impasse".into()),
            openid_client_secret: Some("s3cret".into()),
            ..Given::default()
        };
        let printed = Settings::load(None, &whole()).unwrap().printed();
        assert!(
            printed.contains("openid_client_id = \"impasse\"") && !printed.contains("s3cret"),
            "{printed}"
        );
        for by_halves in [
            Given { public_url: None, ..whole() },
            Given { openid_client_id: None, ..whole() },
            Given { openid_issuer: Some("http://id.e.org".into()), ..whole() },
            Given { openid_issuer: Some("id.e.org".into()), ..whole() },
            Given { openid_client_secret_file: Some("secret".into()), ..whole() },
        ] {
            assert!(Settings::load(None, &by_halves).is_err(), "{by_halves:?}");
        }
        let file = std::env::temp_dir().join(format!("impasse-secret-{}", std::process::id()));
        std::fs::write(&file, "from a file\n").unwrap();
        let given =
            Given { openid_client_secret: None, openid_client_secret_file: Some(file.clone()), ..whole() };
        let settings = Settings::load(None, &given).unwrap();
        assert_eq!(settings.openid_client_secret.as_deref(), Some("from a file"));
        std::fs::remove_file(file).unwrap();
        assert!(matches!(Settings::load(None, &given), Err(SettingsError::Unreadable(..))));
    }

    #[test]
    fn the_public_address_has_no_path() {
        let load =
            |url: &str| Settings::load(None, &Given { public_url: Some(url.into()), ..Given::default() });
        assert!(load("https://e.org/").unwrap().is_secure());
        assert!(!load("http://e.org").unwrap().is_secure());
        for bad in ["e.org", "https://", "https://e.org/x", "ftp://e.org"] {
            assert!(load(bad).is_err(), "{bad}");
        }
    }
}
