//! Starting the program, reading what it says, and a practice organisation inside the test.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use cutover::practice::{self, Options, Practice};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How fast the service's waiting times pass for a practice organisation in a test.
pub const SPEED: f64 = 1000.0;

/// The program, with nothing of this computer's own environment that could matter to it.
pub fn cutover() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cutover"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for variable in ["CUTOVER_SOURCE_PASSWORD", "CUTOVER_TARGET_SECRET", "DBUS_SESSION_BUS_ADDRESS"] {
        command.env_remove(variable);
    }
    // Sentences are compared with the British ones.
    command.env("LC_ALL", "C").env_remove("LANGUAGE");
    command
}

/// A run of the program that has ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails unless it ended with this code.
    pub fn ends(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "standard output:\n{}\nstandard error:\n{}", self.out, self.err);
        self
    }

    /// Standard output as JSON lines; every line must be one.
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }

    /// The last JSON line, whose books must close.
    pub fn ended(&self) -> Ended {
        let last = self.lines().pop().expect("no line");
        assert_eq!(last["event"], "ended", "{last}");
        assert!(last["seconds"].as_f64().unwrap() >= 0.0);
        let count = |key: &str| last[key].as_u64().unwrap_or_else(|| panic!("{key} in {last}"));
        let ended = Ended {
            found: count("found"),
            moved: count("moved"),
            already_there: count("already_there"),
            skipped: count("skipped"),
            failed: count("failed"),
            waiting: count("waiting"),
            verified: count("verified"),
        };
        let placed = ended.moved + ended.already_there + ended.skipped + ended.failed;
        assert_eq!(ended.found, placed + ended.waiting, "{last}");
        ended
    }

    /// JSON lines of one kind.
    pub fn events(&self, event: &str) -> Vec<Value> {
        self.lines().into_iter().filter(|line| line["event"] == event).collect()
    }

    /// Fails unless it refused with one clear sentence on standard error that has these words, and a remedy.
    pub fn refused(self, words: &[&str]) -> Ran {
        let ran = self.ends(2);
        let told: Vec<&str> = ran.err.lines().collect();
        assert!((2..=3).contains(&told.len()), "one sentence, one remedy, perhaps a cause: {}", ran.err);
        assert!(told[0].ends_with('.'), "{}", ran.err);
        assert!(told[1].starts_with("  → ") && told[1].ends_with('.'), "{}", ran.err);
        assert!(told.get(2).is_none_or(|cause| cause.starts_with("  (")), "{}", ran.err);
        for word in words {
            assert!(told[0].contains(word), "“{word}” is not in: {}", ran.err);
        }
        ran
    }
}

/// The books of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ended {
    pub found: u64,
    pub moved: u64,
    pub already_there: u64,
    pub skipped: u64,
    pub failed: u64,
    pub waiting: u64,
    pub verified: u64,
}

/// A report as it lies on the disk: its columns and its lines by column.
pub struct Table {
    pub columns: Vec<String>,
    pub lines: Vec<BTreeMap<String, String>>,
}

impl Table {
    /// The lines of an error report without what was found beforehand.
    pub fn troubles(&self) -> Vec<&BTreeMap<String, String>> {
        self.lines.iter().filter(|line| line["State"] != "Finding").collect()
    }
}

/// Reads a report and holds it to its form: byte order mark, CRLF, for its owner only.
pub fn table(path: &Path) -> Table {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark")).unwrap();
    assert!(text.ends_with("\r\n") && text.matches('\n').count() >= text.matches("\r\n").count());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let lines =
        reader.records().map(|line| columns.iter().cloned().zip(line.unwrap().iter().map(str::to_owned)).collect());
    Table { lines: lines.collect(), columns }
}

/// Both reports of a folder.
pub fn reports(folder: &Path) -> (Table, Table) {
    (table(&folder.join("MigrationStatistics.csv")), table(&folder.join("MigrationErrors.csv")))
}

/// Rehearses with these arguments; the reports are in the folder.
pub fn rehearse(arguments: &[&str]) -> (Ran, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = cutover();
    command.arg("rehearse").args(arguments).arg("--reports").arg(folder.path().join("reports"));
    (Ran::of(command.output().unwrap()), folder)
}

/// A practice organisation inside this process, and a folder for reports and settings of migrations of it.
pub struct World {
    pub practice: Option<Practice>,
    pub folder: TempDir,
    runtime: Runtime,
}

impl World {
    pub fn new(options: Options) -> World {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let practice = runtime.block_on(practice::start(Options { speed: SPEED, ..options })).unwrap();
        World { practice: Some(practice), folder: tempfile::tempdir().unwrap(), runtime }
    }

    /// So many mailboxes with so many items, and these faults.
    pub fn sized(mailboxes: usize, messages: usize, faults: &str) -> World {
        World::seeded(mailboxes, messages, faults, Options::default().seed)
    }

    /// The same, with content of this seed.
    pub fn seeded(mailboxes: usize, messages: usize, faults: &str, seed: u64) -> World {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("faults.toml");
        fs::write(&file, faults).unwrap();
        World::new(Options { mailboxes, messages, faults: Some(file), seed, ..Options::default() })
    }

    pub fn practice(&self) -> &Practice {
        self.practice.as_ref().unwrap()
    }

    pub fn settings(&self) -> PathBuf {
        PathBuf::from(&self.practice().ready.settings)
    }

    /// The settings with something else in them, in a file of their own.
    pub fn settings_with(&self, changes: &[(&str, &str)]) -> PathBuf {
        let mut text = fs::read_to_string(self.settings()).unwrap();
        for (from, to) in changes {
            assert!(text.contains(from), "{from} is not in {text}");
            text = text.replacen(from, to, 1);
        }
        let file = self.folder.path().join("settings.toml");
        fs::write(&file, text).unwrap();
        file
    }

    /// A migration of it, not yet started, with JSON lines.
    pub fn migration(&self, settings: &Path, arguments: &[&str]) -> Command {
        let ready = &self.practice().ready;
        let mut command = cutover();
        command.arg("migrate").arg("--settings").arg(settings).arg("--reports").arg(self.reports()).args(arguments);
        command.env("CUTOVER_SOURCE_PASSWORD", &ready.exchange.password);
        command.env("CUTOVER_TARGET_SECRET", &ready.microsoft365.client_secret);
        command
    }

    pub fn migrate(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.migration(&self.settings(), arguments).output().unwrap())
    }

    pub fn reports(&self) -> PathBuf {
        self.folder.path().join("reports")
    }

    /// Items in Microsoft 365 of each mailbox of the line.
    pub fn arrived(&self) -> Vec<usize> {
        let practice = self.practice();
        practice.ready.mailboxes.iter().map(|mailbox| practice.cloud.items(&mailbox.email).len()).collect()
    }

    /// Lets something run on the practice organisation's own runtime.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(practice) = self.practice.take() {
            self.runtime.block_on(practice.shutdown()).unwrap();
        }
    }
}

/// Says that something was left out: not by a print macro, whose output is shown for failed tests only. A failure where
/// everything is required.
#[allow(clippy::explicit_write)]
pub fn left_out(words: &str) {
    writeln!(std::io::stderr(), "left out: {words}").unwrap();
    assert_ne!(std::env::var("CUTOVER_REQUIRE_PEERS").as_deref(), Ok("1"), "{words}");
}

/// A program that runs beside the test. It is ended with it.
pub struct Running {
    pub child: Child,
    out: BufReader<ChildStdout>,
    said: String,
}

impl Running {
    pub fn start(command: &mut Command) -> Running {
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Running { child, out, said: String::new() }
    }

    /// The next line of its standard output.
    pub fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.out.read_line(&mut line).unwrap();
        self.said.push_str(&line);
        (read > 0).then_some(line)
    }

    /// Reads on to a line with these words.
    pub fn wait_for(&mut self, words: &str) {
        while let Some(line) = self.line() {
            if line.contains(words) {
                return;
            }
        }
        panic!("it never said “{words}”:\n{}", self.told());
    }

    #[cfg(unix)]
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    /// All that it said on standard error, once it has ended.
    fn err(&mut self) -> String {
        let mut err = String::new();
        if let Some(stderr) = self.child.stderr.as_mut() {
            std::io::Read::read_to_string(stderr, &mut err).unwrap();
        }
        err
    }

    /// All that it said, once it has ended.
    pub fn told(&mut self) -> String {
        let err = self.err();
        format!("standard output:\n{}\nstandard error:\n{err}", self.said)
    }

    /// Waits for its end.
    pub fn end(mut self) -> Ran {
        while self.line().is_some() {}
        let err = self.err();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        Ran { code, out: std::mem::take(&mut self.said), err }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already in a test that passed.
        let _ended = self.child.kill();
        let _known = self.child.wait();
    }
}
