//! `impasse token`

use clap::Subcommand;
use impasse_app::forms::read_token;
use impasse_app::model::access::Scope;
use impasse_app::page::Submission;
use impasse_app::store::{SharedStore, StoreError, User};

use super::{Failure, open, tell};
use crate::api;
use crate::settings::Settings;

#[derive(Subcommand)]
pub(super) enum Action {
    /// Makes a token for the API and prints it, this once
    Add {
        /// What the token is called, such as the program or the machine that uses it
        name: String,
        /// What it may do: read, suggest, write or admin; each includes those before it
        #[arg(long, default_value = "read")]
        scope: String,
        /// Days until it ends; never without it
        #[arg(long)]
        days: Option<String>,
        /// Whose it is; need not be said where there is one account
        #[arg(long)]
        user: Option<String>,
    },
    /// Lists the tokens of an account
    List {
        /// Whose; need not be said where there is one account
        #[arg(long)]
        user: Option<String>,
    },
    /// Revokes the tokens of an account that have this name
    Revoke {
        /// The token's name
        name: String,
        /// Whose it is; need not be said where there is one account
        #[arg(long)]
        user: Option<String>,
    },
}

impl Action {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let store = open(settings).await?;
        match self {
            Self::Add { name, scope, days, user } => {
                let user = account(&store, user).await?;
                let values = [("name", name), ("scope", scope.clone()), ("days", days.unwrap_or_default())];
                let values = values.map(|(field, value)| (field.to_owned(), value));
                let fields = read_token(Submission::new(values.into())).map_err(|form| {
                    let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.key()).collect();
                    let messages = form.errors.iter().map(|error| match error.field.as_str() {
                        "scope" => format!("the scope must be one of {}, not “{scope}”", scopes.join(", ")),
                        _ => error.message.clone(),
                    });
                    messages.collect::<Vec<_>>().join(" ")
                })?;
                let made = api::new_token(fields).map_err(|_| "the system’s randomness fails");
                let (draft, token) = made?;
                store.add_token(&user.id, &draft).await?;
                tell(&token);
            }
            Self::List { user } => {
                let user = account(&store, user).await?;
                for token in store.tokens(&user.id).await? {
                    let until = token.expires.map_or_else(String::new, |end| format!("\tuntil {end:.0}"));
                    tell(&format!("{}\t{}{until}", token.name, token.scope.key()));
                }
            }
            Self::Revoke { name, user } => {
                let user = account(&store, user).await?;
                let tokens = store.tokens(&user.id).await?;
                let named: Vec<_> = tokens.into_iter().filter(|token| token.name == name).collect();
                if named.is_empty() {
                    return Err(format!("{} has no token {name}", user.name).into());
                }
                for token in &named {
                    store.revoke_token(&user.id, &token.id).await?;
                }
                tell(&format!("Revoked {} of {}", name, user.name));
            }
        }
        Ok(())
    }
}

/// The account with a name, or the only one.
async fn account(store: &SharedStore, name: Option<String>) -> Result<User, Failure> {
    if let Some(name) = name {
        return store.user_named(&name).await.map_err(|error| match error {
            StoreError::NotFound => format!("there is no account {name}").into(),
            error => error.into(),
        });
    }
    let mut users = store.users().await?;
    match (users.len(), users.pop()) {
        (1, Some(user)) => Ok(user),
        (0, _) => Err("there is no account yet: impasse user add NAME".into()),
        _ => Err("there are several accounts: say whose token it is by --user NAME".into()),
    }
}
