//! `merida serve`: the site and its API, until told to stop.

use anyhow::Context;
use merida_library::Library;
use merida_web::Settings;

use crate::Ending;
use crate::args::Serve;

pub(crate) async fn run(library: Library, serve: Serve) -> anyhow::Result<Ending> {
    let listener = tokio::net::TcpListener::bind(serve.listen).await.with_context(|| {
        format!("cannot listen on {}: free it, or choose another address with --listen", serve.listen)
    })?;
    let address = listener.local_addr()?;
    let base_url = serve.base_url.unwrap_or_else(|| format!("http://{address}"));
    let app = merida_web::app(library, Settings { base_url });
    println!("Merida is at http://{address}  (Ctrl-C stops it)");
    merida_web::serve(listener, app, stopped()).await?;
    Ok(Ending::Done)
}

/// Ends when the process is told to stop, so that requests under way are answered first.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
