//! Serves a library while its pages are being worked on: `cargo run -p merida-web --example serve -- data 8080`.
//! What stands after the port is taken in first.

use merida_library::{ImportRequest, Library, Options, Timestamp};
use merida_web::Settings;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().unwrap_or_else(|| "data".to_owned());
    let port: u16 = arguments.next().map(|port| port.parse()).transpose()?.unwrap_or(8080);
    let at = Timestamp::from_unix_seconds(0);
    let library = Library::open(Options::new(data), at).await?;
    let paths: Vec<_> = arguments.map(Into::into).collect();
    if !paths.is_empty() {
        let request = ImportRequest { paths, by: "serve".to_owned(), ..ImportRequest::default() };
        let report = library.import(request, at, |_| ()).await?;
        println!("{} documents, {} errors", report.documents.len(), report.totals.errors);
    }
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let settings = Settings { base_url: format!("http://127.0.0.1:{port}") };
    axum::serve(listener, merida_web::app(library, settings)).await?;
    Ok(())
}
