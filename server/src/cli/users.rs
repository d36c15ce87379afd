//! `impasse user`

use std::io::{BufRead, IsTerminal};

use clap::Subcommand;
use impasse_app::forms::read_new_account;
use impasse_app::model::role::{Reader, Role};
use impasse_app::page::Submission;
use impasse_app::store::{SharedStore, StoreError, User};

use super::{Failure, open, tell};
use crate::password;
use crate::settings::Settings;

#[derive(Subcommand)]
pub(super) enum Action {
    /// Adds an account that may write; its password is read from standard input, one line
    Add {
        /// The name to sign in with
        name: String,
        /// Lets the account look after the site
        #[arg(long)]
        owner: bool,
    },
    /// Sets another password, read from standard input, and ends the account's sessions
    Password {
        /// The account's name
        name: String,
    },
    /// Lists an account's passkeys, or removes them all
    Passkeys {
        /// The account's name
        name: String,
        /// Removes them, so that only the password signs in
        #[arg(long)]
        remove: bool,
    },
    /// Gives an account a role in a dispute: viewer, contributor, reviewer, editor or owner; none takes it away
    Role {
        /// The account's name
        name: String,
        /// The dispute's name in its address
        dispute: String,
        /// The role
        #[arg(value_parser = role)]
        role: RoleChoice,
    },
    /// Lists the accounts
    List,
}

/// A role, or that there shall be none.
#[derive(Debug, Clone, Copy)]
pub(super) struct RoleChoice(Option<Role>);

fn role(typed: &str) -> Result<RoleChoice, String> {
    match (typed, Role::from_key(typed)) {
        ("none", _) => Ok(RoleChoice(None)),
        (_, Some(role)) => Ok(RoleChoice(Some(role))),
        _ => {
            let keys: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
            Err(format!("it must be {} or none", keys.join(", ")))
        }
    }
}

impl Action {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let store = open(settings).await?;
        match self {
            Self::Add { name, owner } => {
                let (name, hash) = read_password(&name).await?;
                match store.add_user(&name, &hash, owner).await {
                    Ok(user) => tell(&format!("Added {}", user.name)),
                    Err(StoreError::Taken(_)) => {
                        return Err(format!("there is an account {name} already").into());
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Self::Role { name, dispute, role: RoleChoice(role) } => {
                let user = named(&store, &name).await?;
                let found = store.dispute(&Reader::Program, &dispute).await;
                let (found, _) = found.map_err(|error| format!("dispute {dispute}: {error}"))?;
                store.set_role(&found.id, &user.id, role).await?;
                let role = role.map_or("no role", Role::key);
                tell(&format!("{} has {role} in {dispute}", user.name));
            }
            Self::Password { name } => {
                let user = named(&store, &name).await?;
                let (_, hash) = read_password(&user.name).await?;
                store.set_password(&user.id, &hash).await?;
                tell(&format!("{} has a new password; their sessions have ended", user.name));
            }
            Self::Passkeys { name, remove: true } => {
                let user = named(&store, &name).await?;
                match store.remove_passkeys(&user.id).await {
                    Ok(removed) => tell(&format!("Removed {removed} passkeys of {}", user.name)),
                    Err(StoreError::InUse(_)) => {
                        return Err(format!("{} has no password; set one first", user.name).into());
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Self::Passkeys { name, remove: false } => {
                let user = named(&store, &name).await?;
                for passkey in store.passkeys(&user.id).await? {
                    let used = passkey.last_used.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339());
                    tell(&format!(
                        "{}, added {}, last used {used}",
                        passkey.name,
                        passkey.created.to_rfc3339()
                    ));
                }
            }
            Self::List => {
                for user in store.users().await? {
                    tell(&format!(
                        "{}{}",
                        user.name,
                        if user.is_admin { " (looks after the site)" } else { "" }
                    ));
                }
            }
        }
        Ok(())
    }
}

async fn named(store: &SharedStore, name: &str) -> Result<User, Failure> {
    store.user_named(name).await.map_err(|error| match error {
        StoreError::NotFound => format!("there is no account {name}").into(),
        error => error.into(),
    })
}

/// Reads a password of one line and hashes it, under the same rules as in the browser.
async fn read_password(name: &str) -> Result<(String, String), Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        tell("Type the password and press Enter. It shows on the screen; to avoid that, pipe it in.");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    let form = Submission::new(vec![
        ("name".to_owned(), name.to_owned()),
        ("password".to_owned(), line.trim_end_matches(['\r', '\n']).to_owned()),
    ]);
    let typed = read_new_account(form).map_err(|form| {
        let messages: Vec<&str> = form.errors.iter().map(|error| error.message.as_str()).collect();
        messages.join(" ")
    })?;
    let hash = password::hash(typed.password).await.ok_or("the password could not be hashed")?;
    Ok((typed.name, hash))
}
