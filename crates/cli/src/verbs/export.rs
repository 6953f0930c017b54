//! `merida export`: one work, the whole library, or the thesaurus.

use anyhow::Context;
use merida_library::Library;

use crate::Ending;
use crate::args::Export;
use crate::terminal;

pub(crate) async fn run(library: &Library, export: Export) -> anyhow::Result<Ending> {
    if let Some(folder) = &export.all {
        let report = library.export_folder(folder, export.format).await?;
        if export.json {
            terminal::json(&report)?;
        } else {
            terminal::text(&format!(
                "{} works, {} texts, {} original files, {} bytes in {}\n",
                report.works,
                report.expressions,
                report.originals,
                report.bytes,
                folder.display()
            ))?;
        }
    }
    let text = match (&export.address, export.thesaurus) {
        (Some(address), _) => Some(library.export(address, export.format).await?),
        (None, Some(form)) => Some(library.export_thesaurus(form, &export.base_url)),
        (None, None) => None,
    };
    if let Some(text) = text {
        match &export.output {
            Some(file) => {
                std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
            }
            None => terminal::text(&text)?,
        }
    }
    Ok(Ending::Done)
}
