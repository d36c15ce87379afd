//! The command line.

mod copies;
mod export;
mod import;
mod ingest;
mod serve;
mod texts;
mod tokens;
mod users;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use impasse_app::store::SharedStore;
use tracing_subscriber::EnvFilter;

use crate::settings::{Given, Settings};
use crate::{db, demo};

/// Keeps the dated events of a policy dispute, each tied to the words in the article it came from, and serves them as
/// an interactive timeline.
#[derive(Parser)]
#[command(name = "impasse", version, args_conflicts_with_subcommands = false)]
struct Cli {
    /// File of settings, in TOML; see `impasse config`
    #[arg(long, env = "IMPASSE_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site; this is what happens without a command
    Serve(serve::Serve),
    /// Keeps an article, or all of a folder, in a dispute and tells what was found
    Ingest(ingest::Ingest),
    /// Reads text and writes its time expressions or event candidates, without any database
    Extract(texts::Extract),
    /// Reads articles and writes the days that matter, with the events of each, without any database
    Timeline(texts::Timeline),
    /// Writes a dispute, or a view of it, as a file
    Export(export::Export),
    /// Adds the events of a file to a dispute, or says what would become of them
    Import(import::Import),
    /// Manages accounts
    User {
        #[command(subcommand)]
        action: users::Action,
    },
    /// Manages the tokens by which programs reach the API
    Token {
        #[command(subcommand)]
        action: tokens::Action,
    },
    /// Loads the demo dispute
    Demo,
    /// Looks whether all that is stored is whole, and says what is not
    Check,
    /// Copies everything into a file, while servers go on, or looks whether such a file is whole
    Backup(copies::Backup),
    /// Fills an empty database with what is in a backup
    Restore(copies::Restore),
    /// Writes all disputes in open formats, to be read without Impasse
    Archive(copies::Archive),
    /// Brings the database to the state that this version needs, or fills a new one with what is in another
    Migrate(copies::Migrate),
    /// Prints the settings in force, as TOML, with secrets hidden
    Config,
}

/// What went wrong, for whoever typed the command.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let command = cli.command.unwrap_or_else(|| Command::Serve(serve::Serve::default()));
    let settings = match Settings::load(cli.config.as_deref(), &cli.given) {
        Ok(settings) => settings,
        Err(error) => return fail(&error),
    };
    if let Err(error) = start_log(&settings) {
        return fail(&*error);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(run(command, settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&*error),
    }
}

#[expect(clippy::print_stderr, reason = "the one place where a command tells why it failed")]
fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("impasse: {error}");
    ExitCode::FAILURE
}

/// Writes what a command answers.
#[expect(clippy::print_stdout, reason = "the one place where a command answers")]
fn tell(text: &str) {
    println!("{text}");
}

/// Says what is not in what a command answers.
#[expect(clippy::print_stderr, reason = "the one place where a command tells what its answer lacks")]
fn warn(text: &str) {
    eprintln!("{text}");
}

fn start_log(settings: &Settings) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|error| format!("log: {error}"))?;
    let colours = std::io::stderr().is_terminal();
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr);
    let started = if settings.log_json { log.json().try_init() } else { log.compact().try_init() };
    started.map_err(|error| format!("log: {error}").into())
}

async fn run(command: Command, settings: Settings) -> Result<(), Failure> {
    match command {
        Command::Serve(serve) => serve.run(settings).await,
        Command::Ingest(ingest) => ingest.run(&settings).await,
        Command::Extract(extract) => extract.run(),
        Command::Timeline(timeline) => timeline.run(),
        Command::Export(export) => export.run(&settings).await,
        Command::Import(import) => import.run(&settings).await,
        Command::User { action } => action.run(&settings).await,
        Command::Token { action } => action.run(&settings).await,
        Command::Demo => {
            let store = open(&settings).await?;
            match demo::load(&store).await {
                Ok(dispute) => tell(&format!("The demo is at /d/{}", dispute.slug)),
                Err(impasse_app::store::StoreError::Taken(_)) => {
                    tell(&format!("The demo is there already, at /d/{}", demo::SLUG));
                }
                Err(error) => return Err(error.into()),
            }
            Ok(())
        }
        Command::Check => {
            let faults = open(&settings).await?.faults().await?;
            faults.iter().for_each(|fault| tell(fault));
            match faults.len() {
                0 => tell("All is well"),
                1 => return Err("one thing is wrong".into()),
                count => return Err(format!("{count} things are wrong").into()),
            }
            Ok(())
        }
        Command::Backup(backup) => backup.run(&settings).await,
        Command::Restore(restore) => restore.run(&settings).await,
        Command::Archive(archive) => archive.run(&settings).await,
        Command::Migrate(migrate) => migrate.run(&settings).await,
        Command::Config => {
            tell(settings.printed().trim_end());
            Ok(())
        }
    }
}

/// Opens the database, which brings it up to date.
async fn open(settings: &Settings) -> Result<SharedStore, Failure> {
    Ok(db::open(&settings.database).await?)
}
