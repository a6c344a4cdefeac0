//! How much memory a migration takes: the program migrates a practice organisation that runs in another process, and the
//! system is asked for the most that it ever held (Linux).

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// How often the system is asked.
const OFTEN: Duration = Duration::from_millis(20);

/// What the practice organisation holds.
#[derive(Debug, Clone, Copy)]
pub struct Company {
    pub mailboxes: u64,
    pub messages: u64,
    /// Bytes of the attachment of one message more in each mailbox; 0 for no such message.
    pub attachment: u64,
    pub profile: &'static str,
}

/// Migrates a company, verification included; everything must arrive and be found equal. Answers the most memory that the
/// migrating process held, in bytes.
pub fn weigh(company: Company) -> u64 {
    let mut practice = Running(start(practice(company)));
    let mut out = BufReader::new(practice.0.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let reports = tempfile::tempdir().unwrap();
    let mut command = program();
    command.args(["migrate", "--json", "--settings", ready["settings"].as_str().unwrap(), "--reports"]);
    command.arg(reports.path());
    command.env("CUTOVER_SOURCE_PASSWORD", ready["exchange"]["password"].as_str().unwrap());
    command.env("CUTOVER_TARGET_SECRET", ready["microsoft365"]["client_secret"].as_str().unwrap());
    let mut migration = Running(start(command));
    let said = listen(migration.0.stdout.take().unwrap());
    let mut peak = 0;
    let code = loop {
        peak = peak.max(held(migration.0.id()));
        match migration.0.try_wait().unwrap() {
            Some(status) => break status.code(),
            None => std::thread::sleep(OFTEN),
        }
    };
    let said = said.join().unwrap();
    let last: Value = serde_json::from_str(said.lines().last().unwrap_or("null")).unwrap();
    let items = company.mailboxes * (company.messages + u64::from(company.attachment > 0));
    assert_eq!((code, &last["moved"], &last["verified"]), (Some(0), &items.into(), &items.into()), "{said}");
    peak
}

fn practice(company: Company) -> Command {
    let mut command = program();
    command.args(["practice", "--speed", "1000", "--profile", company.profile]);
    for (option, number) in
        [("--mailboxes", company.mailboxes), ("--messages", company.messages), ("--attachment", company.attachment)]
    {
        command.args([option, &number.to_string()]);
    }
    command
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cutover"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    command.env("LC_ALL", "C").env_remove("LANGUAGE").env_remove("DBUS_SESSION_BUS_ADDRESS");
    command
}

fn start(mut command: Command) -> Child {
    command.spawn().unwrap()
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.0.kill();
        let _known = self.0.wait();
    }
}

fn listen(mut out: ChildStdout) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut said = String::new();
        out.read_to_string(&mut said).unwrap();
        said
    })
}

/// The most memory that a process ever held (VmHWM), in bytes; 0 once it has ended.
fn held(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
