//! `merida withdraw`: a text is taken out of what is found and shown, or brought back.

use merida_library::{Library, Timestamp, WithdrawReport, WithdrawRequest};

use crate::Ending;
use crate::args::Withdraw;
use crate::terminal;

pub(crate) async fn run(library: &Library, withdraw: Withdraw, at: Timestamp) -> anyhow::Result<Ending> {
    let reason = withdraw.reason.unwrap_or_default();
    if !withdraw.undo && reason.trim().is_empty() {
        anyhow::bail!("the reason is empty: say to readers why, with --reason TEXT");
    }
    let request = WithdrawRequest { address: withdraw.address, reason, by: withdraw.by, undo: withdraw.undo };
    let report = library.withdraw(request, at).await?;
    if withdraw.json {
        terminal::json(&report)?;
    } else {
        terminal::text(&said(&report))?;
    }
    Ok(Ending::Done)
}

fn said(report: &WithdrawReport) -> String {
    let WithdrawReport { address, withdrawn, changed } = report;
    match (withdrawn, changed) {
        (true, true) => format!("withdrew {address}; `merida withdraw {address} --undo` brings it back\n"),
        (true, false) => format!("{address} is withdrawn already; nothing changed\n"),
        (false, true) => format!("brought back {address}\n"),
        (false, false) => format!("{address} itself is not withdrawn; nothing changed\n"),
    }
}
