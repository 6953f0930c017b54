//! A process that is killed in the middle leaves a library that opens, verifies and is completed by running it again.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{at, import, laws, open, options, request, search, sound};

const FOLDER: &str = "MERIDA_TEST_CHILD";
const ACTS: usize = 60;

/// Not a test of its own: the process that the test below starts and kills.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = PathBuf::from(folder);
    let library = merida_library::Library::open(options(&folder), at()).await.unwrap();
    library.import(request(&[folder.join("laws")]), at(), |_| ()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_it_opens_verifies_and_completes() {
    let mut kept = Vec::new();
    for milliseconds in [0, 15, 40, 80, 150, 250, 400, 700, 1_500] {
        let folder = tempfile::tempdir().unwrap();
        let laws = laws(folder.path(), ACTS, 30);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "interrupted::child", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();

        let library = open(folder.path()).await;
        sound(&library).await;
        let before = library.overview().await.unwrap().works;
        kept.push(before);
        let report = import(&library, &[laws]).await;
        assert_eq!(
            (report.totals.unchanged, report.totals.new),
            (before, ACTS as u64 - before),
            "after {milliseconds} ms"
        );
        sound(&library).await;
        assert_eq!(search(&library, "purpose").await.total_works, ACTS as u64);
    }
    println!("acts kept when killed: {kept:?}");
}
