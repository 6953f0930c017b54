//! The one binary, `merida`: what is typed becomes a use case of the library, and its answer is printed.

mod args;
mod terminal;
mod verbs;

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{CommandFactory, Parser};
use merida_library::{Error, Library, Options, Repair, Timestamp};

use crate::args::{Arguments, Verb};

/// How a run ended, beside plain success and failure. Stated in the help text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Done,
    SomeFilesFailed,
    NotSound,
    BelowFloor,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Done => 0,
            Ending::SomeFilesFailed => 3,
            Ending::NotSound => 4,
            Ending::BelowFloor => 6,
        })
    }
}

const FAILED: u8 = 1;
const NOT_FOUND: u8 = 5;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MERIDA_LOG")
                .unwrap_or_else(|_| "warn,merida=info".into()),
        )
        .with_writer(std::io::stderr)
        .without_time()
        .init();
    match run(arguments) {
        Ok(ending) => ending.into(),
        Err(error) if terminal::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("merida: {error:#}");
            let not_found = matches!(error.downcast_ref(), Some(Error::NotFound(_) | Error::Withdrawn(_)));
            ExitCode::from(if not_found { NOT_FOUND } else { FAILED })
        }
    }
}

#[tokio::main]
async fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let data = &arguments.data;
    match arguments.verb {
        Verb::Serve(serve) => verbs::serve::run(open(data).await?, serve).await,
        Verb::Import(import) => verbs::import::run(&open(data).await?, import, now()).await,
        Verb::Search(search) => verbs::search::run(&open(data).await?, *search).await,
        Verb::Complete(complete) => verbs::complete::run(&open(data).await?, complete).await,
        Verb::Similar(similar) => verbs::similar::run(&open(data).await?, *similar).await,
        Verb::Show(show) => verbs::show::run(&open(data).await?, show).await,
        Verb::Export(export) => verbs::export::run(&open(data).await?, export).await,
        Verb::Withdraw(withdraw) => verbs::withdraw::run(&open(data).await?, withdraw, now()).await,
        Verb::Check(check) => verbs::import::check(check).await,
        Verb::Reindex(reindex) => verbs::upkeep::reindex(&open(data).await?, reindex).await,
        Verb::Verify(verify) => verbs::upkeep::verify(&open(data).await?, verify).await,
        Verb::Eval(eval) if eval.needs_library() => verbs::eval::run_on(&open(data).await?, eval).await,
        Verb::Eval(eval) => verbs::eval::run(eval).await,
        Verb::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "merida", &mut std::io::stdout());
            Ok(Ending::Done)
        }
    }
}

/// Opens the library in `data` and says what had to be mended.
async fn open(data: &std::path::Path) -> anyhow::Result<Library> {
    let library = Library::open(Options::new(data), now()).await?;
    let opening = library.opening();
    if opening.created {
        tracing::info!("made a library in {} with {} works", data.display(), opening.seeded);
    }
    match &opening.repair {
        Repair::None => {}
        Repair::CaughtUp { expressions } => {
            tracing::info!("the index lagged behind: added {expressions} texts")
        }
        Repair::Rebuilt { .. } if opening.created => {}
        Repair::Rebuilt { expressions, reason } => {
            tracing::info!("built the index anew from {expressions} texts: {reason}");
        }
    }
    Ok(library)
}

/// The one place where the clock is read.
#[expect(clippy::disallowed_methods, reason = "the binary is the edge where the clock is read")]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
