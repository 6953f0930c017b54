//! What can be typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use merida_law::{Article, Authority, Jurisdiction, Language, LegalDate, Region, Status, WorkKind};
use merida_library::{Address, ConceptId, ExportFormat, Sort, TagOrigin, ThesaurusFormat};

/// Repository and search engine of national anti-corruption law, organised by the articles of the United Nations
/// Convention against Corruption.
#[derive(Debug, Parser)]
#[command(name = "merida", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// The folder of the library; made if it is not there.
    #[arg(long, global = true, env = "MERIDA_DATA", default_value = "data", value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  it could not be done; the message says what to do
  2  the command line was not understood
  3  import or check: done, but at least one file could not be taken in
  4  verify: something is not as it was kept
  5  show, export or withdraw: nothing is kept at that address, or it is withdrawn
  6  eval queries: a figure is below its floor, or a judgment names nothing that is kept";

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Serve the site and its API.
    Serve(Serve),
    /// Take in files and folders of law.
    Import(Import),
    /// Find provisions. Without words, the filters alone browse in citation order.
    Search(Box<Search>),
    /// Say what may be meant by the beginning of a name: a law, a provision, an article of the Convention.
    Complete(Complete),
    /// Find provisions like a passage or another provision, in the law of other States.
    Similar(Box<Similar>),
    /// Show a work, a version of it or a provision: /akn/gb/act/2010/23/~sec_6.
    Show(Show),
    /// Hand out one work, the whole library as a folder that can be imported again, or the thesaurus.
    Export(Export),
    /// Take a work or a version of it out of what is found and shown; nothing of it is deleted.
    Withdraw(Withdraw),
    /// Read files as an import would, keep nothing, and say what was found.
    Check(Check),
    /// Build the index anew from what is kept.
    Reindex(Reindex),
    /// See whether everything kept is still as it was kept.
    Verify(Verify),
    /// Measure relevance and suggested articles.
    Eval(Eval),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen.
    #[arg(long, env = "MERIDA_LISTEN", default_value = "127.0.0.1:4400", value_name = "ADDRESS")]
    pub(crate) listen: SocketAddr,
    /// The address at which readers reach the site, for permanent links; by default where it listens.
    #[arg(long, env = "MERIDA_BASE_URL", value_name = "URL")]
    pub(crate) base_url: Option<String>,
}

/// What holds for every file where neither the file nor a manifest says otherwise.
#[derive(Debug, Args)]
pub(crate) struct Declarations {
    /// Whose law: an ISO 3166-1 code, `eu` or `int`.
    #[arg(long, value_name = "CC")]
    pub(crate) jurisdiction: Option<Jurisdiction>,
    /// In which language: a BCP 47 tag.
    #[arg(long, value_name = "LANG")]
    pub(crate) language: Option<Language>,
    /// What kind of work: act, code, decree, …
    #[arg(long)]
    pub(crate) kind: Option<WorkKind>,
    /// The title, in the text's language.
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// The title in English.
    #[arg(long)]
    pub(crate) title_en: Option<String>,
    /// When the work was made: 1995, 2003-10 or 2003-10-31.
    #[arg(long)]
    pub(crate) date: Option<LegalDate>,
    /// The official number.
    #[arg(long)]
    pub(crate) number: Option<String>,
    /// Whether it is in force: in-force, draft, repealed, …
    #[arg(long)]
    pub(crate) status: Option<Status>,
    /// How far the text may be relied on: official-text, unofficial-translation, …
    #[arg(long)]
    pub(crate) authority: Option<Authority>,
    /// The publisher's address of the text.
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// Terms of re-use.
    #[arg(long)]
    pub(crate) licence: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files and folders; a folder with MANIFEST.toml is taken in by what it says.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write what became of each file here, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Print that report instead of a summary.
    #[arg(long)]
    pub(crate) json: bool,
    /// Who imports; goes into the event log.
    #[arg(long, env = "MERIDA_USER", default_value = "import", value_name = "NAME")]
    pub(crate) by: String,
    #[command(flatten)]
    pub(crate) declared: Declarations,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files and folders, as for `import`.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write what was found in each file here, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Print that report instead of a summary.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) declared: Declarations,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words, a citation, "a phrase", -excluded; may be empty.
    #[arg(default_value = "")]
    pub(crate) query: String,
    /// An article of the Convention: 15, 15(a), 52(5).
    #[arg(long = "article", value_name = "A")]
    pub(crate) articles: Vec<Article>,
    /// A chapter of the Convention: I to VIII.
    #[arg(long = "chapter", value_name = "ROMAN")]
    pub(crate) chapters: Vec<String>,
    /// Whose law: an ISO 3166-1 code, `eu` or `int`.
    #[arg(long = "jurisdiction", value_name = "CC")]
    pub(crate) jurisdictions: Vec<Jurisdiction>,
    /// A region of the United Nations: africa, americas, asia, europe, oceania.
    #[arg(long = "region", value_name = "R")]
    pub(crate) regions: Vec<Region>,
    /// The language of the text.
    #[arg(long = "lang", value_name = "L")]
    pub(crate) languages: Vec<Language>,
    /// The kind of work.
    #[arg(long = "kind", value_name = "K")]
    pub(crate) kinds: Vec<WorkKind>,
    /// The status of the work.
    #[arg(long = "status", value_name = "S")]
    pub(crate) statuses: Vec<Status>,
    /// How far the text may be relied on.
    #[arg(long = "authority", value_name = "A")]
    pub(crate) authorities: Vec<Authority>,
    /// Works made in this year or later.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year_from: Option<i16>,
    /// Works made in this year or earlier.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year_to: Option<i16>,
    /// A concept of the thesaurus: trading-in-influence.
    #[arg(long = "concept", value_name = "ID")]
    pub(crate) concepts: Vec<ConceptId>,
    /// Only provisions whose articles are curated, or suggested.
    #[arg(long = "origin", value_name = "O")]
    pub(crate) origins: Vec<TagOrigin>,
    /// relevance, newest (or date), oldest, jurisdiction.
    #[arg(long, default_value = "relevance")]
    pub(crate) sort: Sort,
    /// How many works, at most 200.
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: usize,
    /// How many works to pass over.
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: usize,
    /// How many provisions of each work.
    #[arg(long, default_value_t = 3)]
    pub(crate) per_work: usize,
    /// Take the words as they stand, without reading them as a citation or a concept.
    #[arg(long)]
    pub(crate) literal: bool,
    /// Look for unknown words as they are typed, without correcting them.
    #[arg(long)]
    pub(crate) as_typed: bool,
    /// Print the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("of-what").required(true).args(["passage", "file"])))]
pub(crate) struct Similar {
    /// A passage, or the address of a provision: /akn/gb/act/2010/23/~sec_6.
    pub(crate) passage: Option<String>,
    /// Read the passage from this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The language of the passage, where it is not to be found from it.
    #[arg(long, value_name = "L")]
    pub(crate) text_lang: Option<Language>,
    /// Whose law the passage is: that law is left out.
    #[arg(long, value_name = "CC")]
    pub(crate) of: Option<Jurisdiction>,
    /// Only law of this jurisdiction; may be given several times.
    #[arg(long = "jurisdiction", value_name = "CC")]
    pub(crate) jurisdictions: Vec<Jurisdiction>,
    /// Only texts in this language; may be given several times.
    #[arg(long = "lang", value_name = "L")]
    pub(crate) languages: Vec<Language>,
    /// How many works, at most 200.
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: usize,
    /// Print the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Complete {
    /// What was typed so far.
    pub(crate) text: String,
    /// The language to prefer; may be given several times, the best first.
    #[arg(long = "lang", value_name = "L")]
    pub(crate) languages: Vec<Language>,
    /// How many, at most 20.
    #[arg(long, default_value_t = 8)]
    pub(crate) limit: usize,
    /// Print the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// What: /akn/gb/act/2010/23, with /eng@2010-04-08 for a version and /~sec_6 for a provision.
    pub(crate) address: Address,
    /// The language to prefer; may be given several times, the best first.
    #[arg(long = "lang", value_name = "L")]
    pub(crate) languages: Vec<Language>,
    /// Print it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["address", "all", "thesaurus"])))]
pub(crate) struct Export {
    /// One work or version, printed or written to --output.
    pub(crate) address: Option<Address>,
    /// The whole library: texts, original files and a manifest, into this folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) all: Option<PathBuf>,
    /// The thesaurus as SKOS: turtle or jsonld.
    #[arg(long, value_name = "FORM")]
    pub(crate) thesaurus: Option<ThesaurusFormat>,
    /// With --thesaurus: the address of the site, under which concepts are named.
    #[arg(long, env = "MERIDA_BASE_URL", value_name = "URL", default_value = "http://localhost:4400")]
    pub(crate) base_url: String,
    /// In which form: akn, md or json.
    #[arg(long, default_value = "akn")]
    pub(crate) format: ExportFormat,
    /// Write one work or the thesaurus here instead of printing it.
    #[arg(long, short, value_name = "FILE", conflicts_with = "all")]
    pub(crate) output: Option<PathBuf>,
    /// With --all: print what was written as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    /// A work with all its versions, or one version: /akn/gb/act/2010/23 or /akn/gb/act/2010/23/eng@2010-04-08.
    pub(crate) address: Address,
    /// Why; readers who come to the page see it.
    #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
    pub(crate) reason: Option<String>,
    /// Who withdraws; goes into the event log.
    #[arg(long, env = "MERIDA_USER", default_value = "a curator", value_name = "NAME")]
    pub(crate) by: String,
    /// Bring it back.
    #[arg(long, conflicts_with = "reason")]
    pub(crate) undo: bool,
    /// Print what was done as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Reindex {
    /// Print what was done as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Print what was found as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Eval {
    #[command(subcommand)]
    pub(crate) what: Evaluation,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Evaluation {
    /// Suggested articles against the tags of a manifest: precision@1, recall@3, MRR by language.
    Tags {
        /// A folder with MANIFEST.toml.
        #[arg(value_name = "DIR", env = "MERIDA_LAWS", default_value = "../shared/laws")]
        folder: PathBuf,
        /// Print the figures as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The thesaurus against the library: in how many provisions each label stands, and which stand nowhere.
    Thesaurus {
        /// Print every label's count as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The same concept asked for in six languages: how far the answers agree, and what is found in other languages.
    Concepts {
        /// Every concept of the thesaurus, not only the thirty that are measured for releases.
        #[arg(long)]
        all: bool,
        /// Print the figures as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Search against judged queries: nDCG@10, MRR@10, recall, latency.
    Retrieval(Retrieval),
    /// Golden queries over this library: nDCG@10, MRR, success@1 and traps by language; one concept in six languages.
    /// Ends with 6 when a figure is below its floor, or a judgment names nothing that the library has.
    Queries {
        /// A folder of TOML files with queries and judgments.
        #[arg(value_name = "DIR", default_value = "tests/queries")]
        folder: PathBuf,
        /// Print the figures as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Retrieval {
    /// Documents: lines of {"_id", "title", "text"}.
    #[arg(long, value_name = "FILE")]
    pub(crate) corpus: PathBuf,
    /// Queries: lines of {"_id", "text"}.
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: PathBuf,
    /// Judgements: query, document, score, tab-separated.
    #[arg(long, value_name = "FILE")]
    pub(crate) qrels: PathBuf,
    /// The language of both.
    #[arg(long, value_name = "L")]
    pub(crate) lang: Language,
    /// Write the run here, in TREC's form.
    #[arg(long, value_name = "FILE")]
    pub(crate) run: Option<PathBuf>,
    /// Print the figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Eval {
    /// Whether it is measured on the library rather than on files.
    pub(crate) const fn needs_library(&self) -> bool {
        matches!(
            self.what,
            Evaluation::Thesaurus { .. } | Evaluation::Concepts { .. } | Evaluation::Queries { .. }
        )
    }
}
