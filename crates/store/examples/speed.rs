//! How fast documents are kept and given back: `cargo run --release -p merida-store --example speed [MEGABYTES]`.

use std::error::Error;
use std::time::Instant;

use merida_law::{
    Article, Authority, Expression, ExpressionUri, Language, LegalDate, Origin, Provision, ProvisionKind,
    Source, SourceFormat, Status, Tag, TaggedDocument, Work, WorkKind, WorkUri,
};
use merida_store::{Store, Timestamp};

const PROVISIONS: usize = 700;
const WORDS: usize = 100;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let megabytes: usize = std::env::args().nth(1).map_or(Ok(100), |n| n.parse())?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path()).await?;
    let at = Timestamp::from_unix_seconds(1_767_225_600);
    let (mut text, mut number) = (0, 0);
    let started = Instant::now();
    while text < megabytes << 20 {
        let document = document(&store, number)?;
        text += document.provisions.iter().map(|p| p.text.len()).sum::<usize>();
        store.publish(&document, at, "speed").await?;
        number += 1;
    }
    report("published", text, number, started);
    let started = Instant::now();
    let mut read = 0;
    for uri in store.current().await? {
        let document = store.document(&uri).await?;
        read += document.iter().flat_map(|d| &d.provisions).map(|p| p.text.len()).sum::<usize>();
    }
    report("given back", read, number, started);
    let started = Instant::now();
    let coverage = store.coverage().await?;
    println!("coverage: {} cells in {:.0} ms", coverage.len(), started.elapsed().as_secs_f64() * 1_000.0);
    let started = Instant::now();
    let flaws = store.verify().await?.flaws;
    println!("verified in {:.1} s: {} flaws", started.elapsed().as_secs_f64(), flaws.len());
    Ok(())
}

fn report(what: &str, bytes: usize, documents: usize, started: Instant) {
    let (megabytes, seconds) = (bytes as f64 / 1e6, started.elapsed().as_secs_f64());
    println!(
        "{what}: {megabytes:.0} MB of text, {documents} documents, {seconds:.1} s, {:.1} MB/s",
        megabytes / seconds
    );
}

fn document(store: &Store, number: usize) -> Result<TaggedDocument, Box<dyn Error>> {
    let jurisdiction = "gb".parse()?;
    let date = LegalDate::from_year(2000);
    let uri = WorkUri::new(jurisdiction, WorkKind::Act, date, &number.to_string());
    let original = format!("specimen {number}");
    let mut provisions = Vec::with_capacity(PROVISIONS);
    let mut tags = Vec::new();
    for section in 1..=PROVISIONS {
        let id: merida_law::ProvisionId = format!("sec_{section}").parse()?;
        let words = (0..WORDS).map(|word| format!("word{} ", (word * section + number) % 9_973)).collect();
        if section % 10 == 0 {
            let article = Article::new(u8::try_from(section % 71 + 1)?).ok_or("no article")?;
            tags.push(Tag {
                provision: id.clone(),
                article,
                origin: Origin::Suggested { score: 0.5, evidence: vec![] },
            });
        }
        provisions.push(Provision {
            id,
            parent: None,
            kind: ProvisionKind::Section,
            label: format!("Section {section}"),
            heading: "A heading".into(),
            text: words,
            language: None,
        });
    }
    let source = Source {
        sha256: store.originals().keep(original.as_bytes())?,
        bytes: original.len() as u64,
        format: SourceFormat::Text,
        origin: format!("speed/{number}"),
        url: None,
        licence: None,
        note: None,
    };
    let expression = Expression {
        uri: ExpressionUri::new(uri.clone(), Language::EN, date, 1),
        title: format!("Specimen {number}"),
        language_detected: false,
        other_languages: Vec::new(),
        authority: Authority::Unverified,
        source,
    };
    let title = expression.title.clone();
    let (number, title_en, kind, status) = (None, None, WorkKind::Act, Status::Unknown);
    let work = Work { uri, jurisdiction, kind, date, number, title, title_en, status };
    Ok(TaggedDocument { work, expression, provisions, tags })
}
