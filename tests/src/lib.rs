//! What the end-to-end tests share: the binary, a library in a temporary folder, a running site.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository is there")
}

/// The folder with real laws and benchmarks, if there is one: `MERIDA_SHARED`, else `../shared`. Says aloud if not.
pub fn shared(part: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("MERIDA_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let folder = shared.join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no {} (set MERIDA_SHARED to a folder that has it)", folder.display());
    None
}

/// The binary under test, built by `cargo build --release` before the tests run.
fn binary() -> PathBuf {
    let built = std::env::current_exe().expect("a test has a path");
    let profile = built.ancestors().nth(2).expect("tests lie in target/PROFILE/deps");
    let binary = profile.join(format!("merida{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "help: run `cargo build --release` first; there is no {}", binary.display());
    binary
}

/// A library in a temporary folder, and the command line over it.
pub struct Desk {
    folder: TempDir,
}

/// What a run of the binary gave.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// The output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("the output is not JSON ({e}):\n{}\n{}", self.out, self.err))
    }

    /// Fails, with everything that was printed, unless the exit code is `code`.
    #[must_use]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code; printed:\n{}\n{}", self.out, self.err);
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    /// An empty desk; the library is made by the first command.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A place for files of the test, beside the library.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of the library.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// The binary with this library, ready for arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(binary());
        command.arg("--data").arg(self.data()).env_remove("MERIDA_LOG").stdin(Stdio::null());
        command
    }

    /// Runs `merida` with `arguments`.
    pub fn merida<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Ran {
        self.command().args(arguments).output().expect("the binary starts").into()
    }

    /// Serves this library on a free port.
    pub fn serve(&self) -> Site {
        let mut child = self
            .command()
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let url = line.split_whitespace().find(|word| word.starts_with("http")).map(str::to_owned);
        let Some(url) = url else {
            let _ = child.kill();
            panic!("help: `merida serve` should print its address first; it printed {line:?}");
        };
        Site { url, child }
    }
}

/// A running site; stops when dropped.
pub struct Site {
    /// Its address, without a slash at the end.
    pub url: String,
    child: Child,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Site {
    /// The status and the body at `path`.
    pub fn get(&self, path: &str) -> (u16, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut response = agent.get(format!("{}{path}", self.url)).call().expect("the site answers");
        let body = response.body_mut().with_config().limit(64 << 20).read_to_string().expect("text");
        (response.status().as_u16(), body)
    }

    /// The JSON at `path`.
    pub fn json(&self, path: &str) -> Value {
        let (status, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        serde_json::from_str(&body).unwrap_or_else(|e| panic!("{path} is not JSON ({e}): {body}"))
    }
}
